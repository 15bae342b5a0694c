import type { Draft } from "@millrace/contracts";
import {
  type CommitOffsetsRequest,
  type CommitOffsetsResponse,
  type FetchOffsetsRequest,
  type FetchOffsetsResponse,
  Groups,
} from "@millrace/contracts/groups";
import type { PeerMethod } from "@millrace/runtime";
import { Offset } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { failureDraft } from "./drafts.ts";
import { asMember, outcomesOf } from "./group-drafts.ts";
import type { GrpcCall, Unary } from "./unary.ts";

/** How far groups have read. */
export function groupOffsetMethods({ groups }: Broker, unary: Unary): PeerMethod[] {
  return [
    unary(Groups.commitOffsets, { resource: "group", access: "read", quota: "request" }, (request, call) => commit(groups, request, call)),
    unary(Groups.fetchOffsets, { resource: "group", access: "describe", quota: "request" }, (request, call) =>
      fetch(groups, request, call),
    ),
    unary(Groups.deleteOffsets, { resource: "group", access: "delete", quota: "request" }, async ({ groupId, partitions }, { guard }) => {
      guard.check(groupId);
      return outcomesOf(await groups.deleteOffsets(groupId, partitions));
    }),
  ];
}

async function commit(
  groups: Broker["groups"],
  { member, offsets }: CommitOffsetsRequest,
  { guard }: GrpcCall,
): Promise<Draft<CommitOffsetsResponse>> {
  const asking = asMember(member);
  guard.check(asking.groupId);
  const partitions = offsets.map(({ topic, partition, offset, leaderEpoch, metadata }) => ({
    topic,
    partition,
    offset: Offset(offset),
    leaderEpoch: leaderEpoch ?? -1,
    metadata,
  }));
  return outcomesOf(await groups.commitOffsets({ ...asking, retentionMs: undefined, reportsMissingGroup: true, partitions }));
}

async function fetch(
  groups: Broker["groups"],
  { groupId, all, partitions, requireStable }: FetchOffsetsRequest,
  { guard }: GrpcCall,
): Promise<Draft<FetchOffsetsResponse>> {
  guard.check(groupId);
  const committed = await groups.fetchOffsets({ groupId, partitions: all ? undefined : partitions, requireStable });
  return {
    offsets: committed.map(({ topic, partition, offset, leaderEpoch, metadata, error }) => ({
      failure: failureDraft(error),
      topic,
      partition,
      offset: offset < 0 ? undefined : offset,
      leaderEpoch: leaderEpoch < 0 ? undefined : leaderEpoch,
      metadata,
    })),
  };
}
