import { type Draft, errorOf } from "@millrace/contracts";
import { Groups, type JoinResponse, type Member, type SyncResponse } from "@millrace/contracts/groups";
import { secondMs } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import { encodeSubscription } from "./consumer-protocol.ts";
import { Coordinator } from "./coordinator.ts";

/** A partition by name. */
export interface PartitionName {
  readonly topic: string;
  readonly partition: number;
}

/** A place in a partition that a group has come to. */
export interface GroupOffset extends PartitionName {
  /** Of the next record to read. */
  readonly offset: number;
}

/** What a member is. */
export interface MemberOptions {
  readonly group: string;
  /** Of a static member. */
  readonly instanceId: string | undefined;
  readonly topics: readonly string[];
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
}

/** Who the member is at the moment. */
interface MemberNow {
  readonly memberId: string;
  readonly generationId: number;
}

const callTimeoutMs: number = 5 * secondMs;
/** What a coordinator may take beyond the rebalance time-out. */
const joinMarginMs: number = 10 * secondMs;
const protocol = { type: "consumer", name: "range" } as const;

/** What a member asks its coordinator. Rejects as `Coordinator.call` does. */
export class GroupCalls {
  readonly #options: MemberOptions;
  readonly #now: MemberNow;
  readonly #coordinator: Coordinator;

  constructor(cluster: Cluster, options: MemberOptions, now: MemberNow) {
    this.#options = options;
    this.#now = now;
    this.#coordinator = new Coordinator(cluster, options.group);
  }

  find(): Promise<void> {
    return this.#coordinator.find();
  }

  join(memberId: string): Promise<JoinResponse> {
    const { group, instanceId, topics, sessionTimeoutMs, rebalanceTimeoutMs } = this.#options;
    const request = {
      groupId: group,
      memberId,
      groupInstanceId: instanceId,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
      protocolType: protocol.type,
      protocols: [{ name: protocol.name, metadata: encodeSubscription(topics) }],
    };
    return this.#coordinator.call(Groups.join, request, { timeoutMs: rebalanceTimeoutMs + joinMarginMs });
  }

  sync(assignments: ReadonlyMap<string, Buffer>): Promise<SyncResponse> {
    const request = {
      member: this.#member,
      protocolType: protocol.type,
      protocolName: protocol.name,
      assignments: [...assignments].map(([memberId, assignment]) => ({ memberId, assignment })),
    };
    return this.#coordinator.call(Groups.sync, request, { timeoutMs: this.#options.rebalanceTimeoutMs + joinMarginMs });
  }

  async beat(): Promise<void> {
    await this.#coordinator.call(Groups.heartbeat, { member: this.#member }, { timeoutMs: callTimeoutMs });
  }

  /** Tries a call again while that may pass, wherever the coordinator is by then, until `timeoutMs` are over: for what is said last. */
  persist(call: (timeoutMs: number) => Promise<void>, timeoutMs: number): Promise<void> {
    return this.#coordinator.persist(call, timeoutMs);
  }

  async leave(memberId: string, timeoutMs: number): Promise<void> {
    const { group, instanceId } = this.#options;
    const members = [{ memberId, groupInstanceId: instanceId, reason: "the consumer is closed" }];
    await this.#coordinator.call(Groups.leave, { groupId: group, members }, { timeoutMs });
  }

  /** What the group has committed for partitions; undefined where it has committed nothing. */
  async committed(partitions: readonly PartitionName[]): Promise<(number | undefined)[]> {
    const request = { groupId: this.#options.group, partitions, requireStable: true };
    const { offsets } = await this.#coordinator.call(Groups.fetchOffsets, request, { timeoutMs: callTimeoutMs });
    const byName = new Map(offsets.map((each) => [`${each.topic}-${each.partition}`, each]));
    return partitions.map(({ topic, partition }) => {
      const fetched = byName.get(`${topic}-${partition}`);
      if (fetched === undefined) return undefined;
      if (fetched.failure !== null) throw errorOf(fetched.failure);
      return fetched.offset ?? undefined;
    });
  }

  /** Commits as the member that this is now. Rejects with the first partition's error. */
  async commit(offsets: readonly GroupOffset[], timeoutMs: number = callTimeoutMs): Promise<void> {
    const { outcomes } = await this.#coordinator.call(Groups.commitOffsets, { member: this.#member, offsets }, { timeoutMs });
    for (const { failure } of outcomes) if (failure !== null) throw errorOf(failure);
  }

  get #member(): Draft<Member> {
    const { memberId, generationId } = this.#now;
    return { groupId: this.#options.group, generationId, memberId, groupInstanceId: this.#options.instanceId };
  }
}
