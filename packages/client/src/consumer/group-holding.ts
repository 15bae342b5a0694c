import type { Clock } from "@millrace/runtime";
import { MillraceError, secondMs } from "@millrace/vocabulary";
import { type Cluster, mayPass } from "../cluster/cluster.ts";
import { events } from "../events.ts";
import type { PartitionsByTopic } from "../group/consumer-protocol.ts";
import type { PartitionName } from "../group/group-calls.ts";
import { GroupSession, type SessionOptions } from "../group/session.ts";
import { backoff, sleep, within } from "../waiting.ts";
import type { ClientWorld } from "../world.ts";
import { Committer } from "./committer.ts";
import type { Holding } from "./holding.ts";
import type { ConsumerSettings } from "./options.ts";
import type { Reading } from "./reading.ts";

export interface GroupHoldingOptions {
  readonly session: SessionOptions;
  readonly settings: ConsumerSettings;
  /** Resolves when nobody works on a record any more. */
  readonly drained: () => Promise<unknown>;
  /** The consumer cannot go on. */
  readonly failed: (error: MillraceError) => void;
}

const retryBackoff = { firstMs: 50, lastMs: secondMs } as const;
/** Whoever works on records of partitions that are given back has so long to end. */
const drainTimeoutMs: number = 5 * secondMs;
/** What is done is committed within this time before partitions are given back. */
const lastCommitTimeoutMs: number = 5 * secondMs;
/** Of the time to end, the last commit gets this much: another coordinator may have to be waited for. To leave is one request more. */
const lastCommitShare = 0.75;

/** Holds the partitions that a group gives to this member. */
export class GroupHolding implements Holding {
  readonly #cluster: Cluster;
  readonly #clock: Clock;
  readonly #options: GroupHoldingOptions;
  readonly #reading: Reading;
  readonly #session: GroupSession;
  readonly #committer: Committer;
  readonly #backoffMs: (failures: number) => number;
  /** Rises whenever partitions are given or taken. */
  #epoch = 0;

  constructor(cluster: Cluster, world: ClientWorld, reading: Reading, options: GroupHoldingOptions) {
    this.#cluster = cluster;
    this.#clock = world.clock;
    this.#options = options;
    this.#reading = reading;
    this.#backoffMs = backoff(world.random.stream("client holding"), retryBackoff);
    this.#session = new GroupSession(cluster, world, options.session, {
      assigned: (partitions) => this.#assigned(partitions),
      release: (error) => this.#release(error),
      stopped: (error) => options.failed(error),
    });
    this.#committer = new Committer({
      clock: world.clock,
      group: options.session.group,
      source: reading.source,
      calls: this.#session.calls,
      intervalMs: options.settings.commitIntervalMs,
      failed: options.failed,
    });
  }

  start(): void {
    this.#session.start();
    this.#committer.start();
  }

  commit(timeoutMs?: number): Promise<void> {
    return this.#committer.commit(timeoutMs);
  }

  async end(timeoutMs: number): Promise<void> {
    this.#epoch++;
    const deadlineMs = this.#clock.monotonicMs() + timeoutMs;
    const leftMs = () => Math.max(1, deadlineMs - this.#clock.monotonicMs());
    this.#committer.stop();
    await this.#committer.commitLast(leftMs() * lastCommitShare);
    await within(this.#clock, leftMs(), this.#session.leave(leftMs()), undefined);
    this.#publishReleased(undefined);
  }

  #assigned(assigned: PartitionsByTopic): void {
    const partitions = [...assigned].flatMap(([topic, indexes]) => indexes.map((partition) => ({ topic, partition })));
    const { memberId, generationId } = this.#session;
    if (events.assigned.hasSubscribers) events.assigned.publish({ group: this.#options.session.group, memberId, generationId, partitions });
    void this.#begin(partitions, ++this.#epoch);
  }

  /** Begins to read where the group is, and tries as long as the partitions are this member's. */
  async #begin(partitions: readonly PartitionName[], epoch: number): Promise<void> {
    const isWanted = () => epoch === this.#epoch;
    for (let failures = 0; isWanted(); failures++) {
      try {
        return await this.#beginOnce(partitions, isWanted);
      } catch (error) {
        if (!isWanted()) return;
        if (!mayPass(error)) return this.#options.failed(error as MillraceError);
        await sleep(this.#clock, this.#backoffMs(failures), this.#cluster.ending).catch(() => {}); // closed: nothing is wanted
      }
    }
  }

  async #beginOnce(partitions: readonly PartitionName[], isWanted: () => boolean): Promise<void> {
    const topics = new Set(partitions.map(({ topic }) => topic));
    await Promise.all([...topics].map((topic) => this.#cluster.refresh(topic)));
    const committed = partitions.length === 0 ? [] : await this.#session.calls.committed(partitions);
    const { from } = this.#options.settings;
    await this.#reading.begin(
      partitions.map((each, index) => ({ ...each, from: committed[index] ?? from })),
      isWanted,
    );
  }

  async #release(error: MillraceError | undefined): Promise<void> {
    this.#epoch++;
    this.#reading.interrupt(error ?? new MillraceError("REBALANCE_IN_PROGRESS", { group: this.#options.session.group }));
    if (error === undefined) {
      await within(this.#clock, drainTimeoutMs, this.#options.drained(), undefined);
      await this.#committer.commitLast(lastCommitTimeoutMs);
    }
    this.#publishReleased(error);
    this.#reading.end();
    if (error?.code === "HANDLER_BLOCKED_EVENT_LOOP") this.#options.failed(error);
  }

  #publishReleased(error: MillraceError | undefined): void {
    if (!events.released.hasSubscribers) return;
    const partitions = [...this.#reading.source.held].map(({ topic, partition }) => ({ topic: topic.name, partition }));
    events.released.publish({ group: this.#options.session.group, partitions, error });
  }
}
