import { codeOf, LeaderEpoch, Offset } from "@millrace/vocabulary";
import { type GroupCoordinator, groupCoordinator, type JoinGroup } from "../../src/index.ts";
import { CountingRandom, QuietLogger, Settings, subscription, Topics } from "./fixtures.ts";
import { MemoryLog, type MemoryLogView } from "./memory-log.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** A coordinator that leads as many shards as it is told to, and nobody else. */
export class Fixture {
  readonly clock = new VirtualClock();
  readonly logger = new QuietLogger();
  readonly settings = new Settings();
  readonly topics = new Topics();
  readonly coordinator: GroupCoordinator;

  constructor() {
    this.topics.create("orders", 8);
    this.coordinator = groupCoordinator({
      runtime: { clock: this.clock, random: new CountingRandom(), logger: this.logger },
      configuration: this.settings,
      surroundings: this.topics,
    });
  }

  /** Leads a shard and lets it load. */
  async lead(partition: number, leaderEpoch: number, log = new MemoryLog()): Promise<MemoryLogView> {
    const view = log.lead();
    this.coordinator.lead(partition, leaderEpoch, view);
    await this.clock.pass(0);
    return view;
  }

  /** Commits offset 5 of a partition from outside; the error's code, or "ok". */
  async commit(groupId: string, topic = "orders", partition = 0): Promise<string> {
    const committed = { topic, partition, offset: Offset(5), leaderEpoch: LeaderEpoch(-1), metadata: "" };
    const outsider = { groupId, generationId: -1, memberId: "", groupInstanceId: undefined };
    const request = { ...outsider, retentionMs: undefined, reportsMissingGroup: false, partitions: [committed] };
    return told(this.coordinator.commitOffsets(request).then(([fault]) => fault));
  }

  /** Offsets of a group that have been committed. */
  async offsets(groupId: string): Promise<string[]> {
    const all = await this.coordinator.fetchOffsets({ groupId, partitions: undefined, requireStable: false });
    return all.map(({ topic, partition, offset }) => `${topic}-${partition}=${offset}`);
  }
}

/** The code of an error that a promise rejects with or resolves to; else "ok". */
export function told(answer: Promise<unknown>): Promise<string> {
  return answer.then((fault) => (fault === undefined ? "ok" : codeOf(fault)), codeOf);
}

/** A consumer that joins. */
export function joining(overrides: Partial<JoinGroup>): JoinGroup {
  return {
    groupId: "g",
    memberId: "",
    groupInstanceId: undefined,
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    protocolType: "consumer",
    protocols: [{ name: "range", metadata: subscription(["orders"]) }],
    reason: undefined,
    requiresKnownMemberId: false,
    supportsSkippingAssignment: false,
    ...overrides,
  };
}
