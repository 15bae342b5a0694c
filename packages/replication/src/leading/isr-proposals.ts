import type { InSyncProposal, PartitionImage } from "@millrace/metadata";
import type { Clock, Logger } from "@millrace/runtime";
import { codeOf, MillraceError } from "@millrace/vocabulary";
import type { Partition } from "../partition.ts";
import type { Proposal } from "./proposal.ts";

/**
 * Asks the controller for other ISRs: per partition the state after the change, or UNKNOWN_TOPIC_ID, INVALID_REQUEST,
 * FENCED_LEADER_EPOCH, INVALID_UPDATE_VERSION, INELIGIBLE_REPLICA, ELIGIBLE_LEADERS_NOT_AVAILABLE, or NOT_CONTROLLER where the one asked is
 * behind. A rejection says that nobody knows what came of it.
 */
export type AlterPartitions = (proposals: readonly InSyncProposal[]) => Promise<readonly (PartitionImage | MillraceError)[]>;

export interface IsrProposalsOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly alter: AlterPartitions;
}

/** A request that failed as a whole is sent again after a time in this range, growing with each failure. */
const backOffMs = { first: 50, last: 1_000 } as const;

/** One request asks for so many changes at most: it fits a message, and is one turn of the controller's. */
const proposalsMax = 500;

/**
 * What this broker's replicas propose: of one turn in one request, one request at a time and one proposal of a partition in it, until the
 * controller has said what came of it.
 */
export class IsrProposals {
  readonly #options: IsrProposalsOptions;
  readonly #waiting = new Map<Proposal, Partition>();
  #isAsked = false;
  #isClosed = false;
  #delayMs: number = backOffMs.first;

  constructor(options: IsrProposalsOptions) {
    this.#options = options;
  }

  propose(partition: Partition, proposal: Proposal): void {
    this.#waiting.set(proposal, partition);
    this.#ask();
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting.clear();
  }

  #ask(): void {
    if (this.#isAsked || this.#waiting.size === 0 || this.#isClosed) return;
    this.#isAsked = true;
    this.#options.clock.afterTurn(() => void this.#send());
  }

  async #send(): Promise<void> {
    const batch = this.#take();
    if (batch.length === 0) return this.#done();
    const proposals = batch.map(([{ topicId, index }, proposal]) => ({ topicId, index, ...proposal }));
    try {
      const outcomes = await this.#options.alter(proposals);
      this.#delayMs = backOffMs.first;
      const unknown = batch.filter(([partition, proposal], index) => !settle(partition, proposal, outcomes[index]!));
      if (unknown.length > 0) this.#again(unknown, new MillraceError("NOT_CONTROLLER"));
      else this.#done();
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      this.#again(batch, error);
    }
  }

  /** What is still proposed, one of each partition; the rest waits, or is void. */
  #take(): (readonly [Partition, Proposal])[] {
    const taken = new Map<Partition, Proposal>();
    for (const [proposal, partition] of this.#waiting) {
      const isStill = partition.isProposing(proposal);
      if (isStill && (taken.has(partition) || taken.size >= proposalsMax)) continue;
      this.#waiting.delete(proposal);
      if (isStill) taken.set(partition, proposal);
    }
    return [...taken];
  }

  /** They may have been committed or not: they are asked for again as they are, as long as nothing newer is known. */
  #again(batch: readonly (readonly [Partition, Proposal])[], error: MillraceError): void {
    this.#options.logger.info("isr proposals are sent again", { proposals: batch.length, delayMs: this.#delayMs, error: codeOf(error) });
    for (const [partition, proposal] of batch) this.#waiting.set(proposal, partition);
    this.#options.clock.timer(this.#delayMs, () => this.#done());
    this.#delayMs = Math.min(this.#delayMs * 2, backOffMs.last);
  }

  #done(): void {
    this.#isAsked = false;
    this.#ask();
  }
}

/** False where the one who was asked knows less than this broker, so that it is still to be decided. */
function settle(partition: Partition, proposal: Proposal, outcome: PartitionImage | MillraceError): boolean {
  if (!(outcome instanceof MillraceError)) partition.assume(outcome);
  else if (outcome.code === "NOT_CONTROLLER") return false;
  else partition.refused(proposal, outcome);
  return true;
}
