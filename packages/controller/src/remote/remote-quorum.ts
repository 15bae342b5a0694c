import { Session } from "@millrace/contracts/session";
import type { QuorumDescription } from "@millrace/raft";
import { type BrokerId, MillraceError, type Uuid } from "@millrace/vocabulary";
import type { NewVoter, QuorumControl } from "../quorum/quorum-control.ts";
import { formerVoterDraft, newVoterDraft, quorumOf } from "../wire/quorum.ts";
import type { Forwarding } from "./forwarding.ts";

/** The controllers, as a broker in another process asks whichever of them leads. */
export class RemoteQuorum implements QuorumControl {
  readonly #forwarding: Forwarding;

  constructor(forwarding: Forwarding) {
    this.#forwarding = forwarding;
  }

  async describe(): Promise<QuorumDescription> {
    const { quorum } = await this.#forwarding.ask(Session.describeQuorum, {}, { isRepeatable: true });
    if (quorum === null) throw new MillraceError("INVALID_REQUEST", { reason: "the answer is empty" });
    return quorumOf(quorum);
  }

  async addVoter(voter: NewVoter, { timeoutMs }: { timeoutMs: number }): Promise<void> {
    await this.#forwarding.ask(Session.addVoter, { voter: newVoterDraft(voter, timeoutMs) }, { isRepeatable: false, extraMs: timeoutMs });
  }

  async removeVoter(id: BrokerId, directoryId: Uuid | undefined): Promise<void> {
    await this.#forwarding.ask(Session.removeVoter, { voter: formerVoterDraft(id, directoryId) }, { isRepeatable: false });
  }

  /** The one that hands over may be gone before it has answered; asked again, the new one says that it leads. */
  async transfer(to: BrokerId): Promise<void> {
    await this.#forwarding.ask(Session.transferLead, { nodeId: to }, { isRepeatable: true });
  }
}
