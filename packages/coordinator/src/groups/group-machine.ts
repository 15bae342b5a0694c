import type { TransactionOutcome } from "@millrace/records";
import { assert, MillraceError } from "@millrace/vocabulary";
import type { GroupListing } from "../contract.ts";
import { commitOffsets } from "../offsets/commit.ts";
import { searchExpired } from "../offsets/expiry.ts";
import { fetchOffsets } from "../offsets/fetch.ts";
import { deleteGroup, deleteOffsets, removeTopics } from "../offsets/removal.ts";
import type { Decision, Moment, Position, ShardMachine, Ticket } from "../shard/machine.ts";
import { Step } from "../shard/step.ts";
import { decodeGroupRecord } from "../stored/decode.ts";
import type { GroupRecord } from "../stored/group-record.ts";
import { describeGroup, listGroups } from "./description.ts";
import type { GroupDue } from "./group-due.ts";
import { type GroupEnvironment, ShardState, type GroupStep } from "./shard-state.ts";
import { joinGroup } from "./join.ts";
import { heartbeat, leaveGroup, sessionOver } from "./membership.ts";
import { joinTimeOver, prepareRebalance, syncTimeOver } from "./rebalance.ts";
import type { GroupRequest } from "./requests.ts";
import { extendSession } from "./sessions.ts";
import { syncGroup } from "./sync.ts";

/** The groups of one shard, as Kafka's classic protocol has them. */
export class GroupMachine implements ShardMachine<GroupRequest, GroupRecord> {
  readonly #state: ShardState;

  constructor(environment: GroupEnvironment) {
    this.#state = new ShardState(environment);
  }

  decide(request: GroupRequest, ticket: Ticket<any>, now: Moment): Decision<GroupRecord> {
    const step = new Step<ShardState, GroupRecord>(this.#state, now);
    try {
      dispatch(step, request, ticket);
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      assert(step.entries.length === 0, "what is refused writes nothing", { type: request.type });
      step.refuse(ticket, error);
    }
    return step;
  }

  get nextDeadlineMs(): number {
    return this.#state.deadlines.nextMs;
  }

  tick(now: Moment): Decision<GroupRecord> {
    const step = new Step<ShardState, GroupRecord>(this.#state, now);
    const due = this.#state.deadlines.take(now.monotonicMs);
    if (due !== undefined) meet(step, due);
    return step;
  }

  apply(record: GroupRecord, position: Position): void {
    this.#state.apply(record, position);
  }

  applyMarker(producerId: number, outcome: TransactionOutcome): void {
    this.#state.offsets.endTransaction(producerId, outcome);
  }

  decode(key: Buffer, value: Buffer | null): GroupRecord {
    return decodeGroupRecord(key, value);
  }

  /** Members are given their session time-out to come forward. A group that is too large by now shrinks in a rebalance. */
  loaded(now: Moment): Decision<GroupRecord> {
    const { groups, deadlines, expiryDeadline, environment } = this.#state;
    const step = new Step<ShardState, GroupRecord>(this.#state, now);
    const membersMax = environment.configuration.get("group.max.size");
    for (const group of groups.values()) {
      for (const member of group.members) extendSession(step, member);
      if (group.members.size > membersMax) prepareRebalance(step, group, "the group is larger than group.max.size");
    }
    deadlines.set(expiryDeadline, now.monotonicMs + environment.configuration.get("offsets.retention.check.interval.ms"));
    return step;
  }

  list(): GroupListing[] {
    return listGroups(this.#state);
  }
}

function dispatch(step: GroupStep, request: GroupRequest, ticket: Ticket<any>): void {
  switch (request.type) {
    case "join":
      return joinGroup(step, request.join, request.client, ticket);
    case "sync":
      return syncGroup(step, request.sync, ticket);
    case "heartbeat":
      return heartbeat(step, request.heartbeat, ticket);
    case "leave":
      return leaveGroup(step, request.groupId, request.members, ticket);
    case "describe":
      return describeGroup(step, request.groupId, ticket);
    case "deleteGroup":
      return deleteGroup(step, request.groupId, ticket);
    case "commit":
      return commitOffsets(step, request.commit, ticket);
    case "fetch":
      return fetchOffsets(step, request.fetch, ticket);
    case "deleteOffsets":
      return deleteOffsets(step, request.groupId, request.partitions, ticket);
    case "topicsDeleted":
      return removeTopics(step, request.names, ticket);
  }
}

function meet(step: GroupStep, due: GroupDue): void {
  switch (due.type) {
    case "session":
      return sessionOver(step, due.groupId, due.memberId);
    case "join":
      return joinTimeOver(step, due.groupId);
    case "sync":
      return syncTimeOver(step, due.groupId);
    case "expiry":
      return searchExpired(step);
  }
}
