import type { Clock, Logger, PeerChannel, Peers, Timer } from "@millrace/runtime";
import { codeOf, type Uuid } from "@millrace/vocabulary";
import type { Driver } from "./driver.ts";
import { askIdentity } from "./identify.ts";
import type { NodeIdentity, RecordLevels } from "./quorum.ts";
import { isEmpty } from "./machine/state.ts";
import type { StaticVoter, Voter, VoterId } from "./voters.ts";

/** The others are asked again after so long: short enough for a first start, and little work while one is missing. */
const askAgainMs = 100;

export interface MeetingOptions {
  readonly clusterId: Uuid;
  readonly self: VoterId;
  /** All that configuration names, this node among them. */
  readonly voters: readonly StaticVoter[];
  /** With these this node was formatted; a node of other ones began otherwise. */
  readonly levels: RecordLevels | undefined;
  readonly peers: Peers;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * How a quorum comes to be from a list of nodes: when every one of them has said that it is empty, and by which directory it is known,
 * that is the first set of voters. A node that hears of another that is not empty waits: either the quorum that is there tells it that it
 * takes part, or its disk was wiped, and then it is another voter, which nobody has heard of. Nodes of versions that were formatted
 * with different levels began with different states, and form nothing.
 *
 * Two nodes might form different sets only if a third one was wiped between its two answers. Majorities of both sets still meet, since
 * the directory that is gone answers nobody; and the first leader writes its set into the log, from where all have it.
 */
export class Meeting {
  readonly #options: MeetingOptions;
  readonly #driver: Driver;
  readonly #others: readonly { readonly voter: StaticVoter; readonly channel: PeerChannel }[];
  readonly #warned = new Set<number>();
  #timer: Timer | undefined;
  #isOver = false;

  constructor(options: MeetingOptions, driver: Driver) {
    const { voters, self, peers } = options;
    this.#options = options;
    this.#driver = driver;
    this.#others = voters
      .filter(({ nodeId }) => nodeId !== self.nodeId)
      .map((voter) => ({ voter, channel: peers.channel({ host: voter.listeners[0]!.host, port: voter.listeners[0]!.port }) }));
  }

  /** Asks until a set is formed, or this node was told of one. */
  async begin(): Promise<void> {
    while (!this.#isOver && isEmpty(this.#driver.state)) {
      const met = await Promise.all(this.#others.map((other) => this.#ask(other)));
      if (this.#isOver || !isEmpty(this.#driver.state)) break;
      if (met.every((voter) => voter !== undefined)) this.#form(met);
      await new Promise<void>((resolve) => (this.#timer = this.#options.clock.timer(askAgainMs, resolve)));
    }
    this.close();
  }

  close(): void {
    this.#isOver = true;
    this.#timer?.cancel();
    for (const { channel } of this.#others) channel.close();
  }

  #form(others: readonly Voter[]): void {
    const { voters, self, logger } = this.#options;
    const byNode = new Map(others.map((voter) => [voter.nodeId, voter]));
    const set = { voters: voters.map((voter) => byNode.get(voter.nodeId) ?? { ...voter, ...self }), learners: [] };
    logger.info("controller quorum formed", { voters: set.voters.map(({ nodeId }) => nodeId) });
    this.#driver.bear(set);
  }

  #warnOf({ nodeId }: StaticVoter, { levels }: NodeIdentity): void {
    if (this.#warned.has(nodeId)) return;
    this.#warned.add(nodeId);
    this.#options.logger.warn("controller of another version waits, too; a quorum begins with one version", { node: nodeId, levels });
  }

  /** A node that is empty; undefined for one that is not, or does not answer. */
  async #ask({ voter, channel }: { voter: StaticVoter; channel: PeerChannel }): Promise<Voter | undefined> {
    try {
      const met = await askIdentity(channel, this.#options.clusterId);
      if (!met.isEmpty || met.id.nodeId !== voter.nodeId) return undefined;
      if (met.levels?.max === this.#options.levels?.max) return { ...voter, ...met.id };
      this.#warnOf(voter, met);
      return undefined;
    } catch (error) {
      this.#options.logger.debug("controller not met", { node: voter.nodeId, code: codeOf(error) });
      return undefined;
    }
  }
}
