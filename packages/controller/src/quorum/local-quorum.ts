import { finalisedLevel, type MetadataImage } from "@millrace/metadata";
import type { MemberDescription, NodeIdentity, Quorum, QuorumDescription, StaticVoter } from "@millrace/raft";
import { type BrokerId, codeOf, type Facts, MillraceError, type Uuid } from "@millrace/vocabulary";
import { leadOf, refusalBy } from "../lead.ts";
import type { NewVoter, QuorumControl } from "./quorum-control.ts";

/** How voters' listeners are called in the quorum's records. */
const listenerName = "CONTROLLER";

/** The quorum that this node belongs to; every method rejects with NOT_CONTROLLER where it does not lead. */
export class LocalQuorum implements QuorumControl {
  readonly #quorum: Quorum;
  readonly #image: () => MetadataImage;

  constructor(quorum: Quorum, image: () => MetadataImage) {
    this.#quorum = quorum;
    this.#image = image;
  }

  async describe(): Promise<QuorumDescription> {
    this.#checkLeading();
    return this.#quorum.describe();
  }

  async addVoter({ id: nodeId, directoryId, address }: NewVoter, options: { timeoutMs: number }): Promise<void> {
    this.#checkLeading();
    const { voters } = this.#quorum.describe();
    if (voters.some((voter) => voter.nodeId === nodeId)) throw new MillraceError("DUPLICATE_VOTER", { nodeId });
    const listeners = [{ name: listenerName, ...address }];
    const { id, levels } = await this.#identify({ nodeId, listeners });
    if (id.nodeId !== nodeId || (directoryId !== undefined && directoryId !== id.directoryId))
      throw new MillraceError("INVALID_VOTER_KEY", { given: { nodeId, directoryId }, found: id });
    checkLevel(nodeId, levels, finalisedLevel(this.#image()));
    await this.#quorum.addVoter({ ...id, listeners }, options);
  }

  async removeVoter(nodeId: BrokerId, directoryId: Uuid | undefined): Promise<void> {
    await this.#quorum.removeVoter(this.#member(nodeId, directoryId));
  }

  async transfer(to: BrokerId): Promise<void> {
    await this.#quorum.transfer(this.#member(to, undefined));
  }

  /** Throws INVALID_UPDATE_VERSION unless every controller says that it can work with a metadata level. */
  async checkKnown(level: number): Promise<void> {
    this.#checkLeading();
    const { voters, observers } = this.#quorum.describe();
    const others = [...voters, ...observers].filter(({ nodeId }) => nodeId !== this.#quorum.leader?.nodeId);
    const ask = async (node: MemberDescription) => checkLevel(node.nodeId, (await this.#identify(node)).levels, level);
    await Promise.all(others.map(ask)).catch((error: unknown) => {
      const reason = "a controller does not know the level, or cannot be asked";
      throw new MillraceError("INVALID_UPDATE_VERSION", { level, reason, ...factsOf(error) }, { cause: error });
    });
  }

  #checkLeading(): void {
    if (!this.#quorum.role.leader) throw refusalBy(leadOf(this.#quorum));
  }

  #member(nodeId: BrokerId, directoryId: Uuid | undefined): MemberDescription {
    this.#checkLeading();
    const { voters, observers } = this.#quorum.describe();
    const isWanted = (member: MemberDescription) =>
      member.nodeId === nodeId && (directoryId === undefined || member.directoryId === directoryId);
    const member = [...voters, ...observers].find(isWanted);
    if (member === undefined) throw new MillraceError("VOTER_NOT_FOUND", { nodeId, directoryId });
    return member;
  }

  async #identify(node: StaticVoter): Promise<NodeIdentity> {
    try {
      return await this.#quorum.identify(node);
    } catch (error) {
      if (codeOf(error) !== "CONNECTION_FAILED") throw error;
      throw new MillraceError("REQUEST_TIMED_OUT", { ...factsOf(error), reason: "nobody answers there" }, { cause: error });
    }
  }
}

function factsOf(error: unknown): Facts {
  return error instanceof MillraceError ? error.facts : {};
}

/** A node that says nothing of levels is of an earlier version than those that do. */
function checkLevel(nodeId: BrokerId, levels: NodeIdentity["levels"], level: number): void {
  if (levels !== undefined && level >= levels.min && level <= levels.max) return;
  throw new MillraceError("UNSUPPORTED_VERSION", { nodeId, level, known: levels });
}
