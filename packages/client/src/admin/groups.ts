import type { Draft, UnaryMethod } from "@millrace/contracts";
import { type GroupListing as ListingMessage, Groups } from "@millrace/contracts/groups";
import { Log } from "@millrace/contracts/log";
import { callMethod } from "@millrace/rpc";
import type { Address } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import { decodeAssignment, decodeSubscription } from "../group/consumer-protocol.ts";
import { Coordinator } from "../group/coordinator.ts";
import type { GroupOffset, PartitionName } from "../group/group-calls.ts";
import { checked } from "./checked-entry.ts";

export interface GroupListing {
  readonly groupId: string;
  readonly protocolType: string;
  /** In Kafka's words: PreparingRebalance, CompletingRebalance, Stable, Dead, Empty. */
  readonly state: string;
}

export interface GroupDescription extends GroupListing {
  /** Of the assignor. */
  readonly protocolName: string;
  readonly members: readonly GroupMember[];
}

export interface GroupMember {
  readonly memberId: string;
  /** Of a static member. */
  readonly instanceId: string | undefined;
  readonly clientId: string;
  readonly clientHost: string;
  readonly topics: readonly string[];
  readonly partitions: readonly PartitionName[];
}

/** Consumer groups and their offsets. What the cluster refuses rejects with its code. */
export class GroupAdmin {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** The groups of every broker. */
  async list(): Promise<GroupListing[]> {
    this.#cluster.view.fold(await this.#cluster.ask(Log.describeTopics, {}));
    const lists = await Promise.all(this.#cluster.view.brokers.map((address) => this.#listOf(address)));
    return lists.flat().map(({ groupId, protocolType, state }) => ({ groupId, protocolType, state }));
  }

  async describe(groupId: string): Promise<GroupDescription> {
    const { members, ...group } = await this.#ask(groupId, Groups.describeGroup, { groupId });
    return {
      ...group,
      members: members.map(({ metadata, assignment, groupInstanceId, ...member }) => ({
        ...member,
        instanceId: groupInstanceId ?? undefined,
        topics: group.protocolType === "consumer" && metadata.length > 0 ? decodeSubscription(metadata) : [],
        partitions: group.protocolType === "consumer" ? partitionsOf(assignment) : [],
      })),
    };
  }

  /** NON_EMPTY_GROUP while it has members. */
  async delete(groupId: string): Promise<void> {
    await this.#ask(groupId, Groups.deleteGroup, { groupId });
  }

  /** Everything that the group has committed. */
  async offsets(groupId: string): Promise<GroupOffset[]> {
    const { offsets } = await this.#ask(groupId, Groups.fetchOffsets, { groupId, all: true });
    return offsets.flatMap((fetched) => {
      const { topic, partition, offset } = checked(fetched);
      return offset === null ? [] : [{ topic, partition, offset }];
    });
  }

  /** Lets a group that has no members go on from other offsets. UNKNOWN_MEMBER_ID while it has some. */
  async setOffsets(groupId: string, offsets: readonly GroupOffset[]): Promise<void> {
    const member = { groupId, generationId: -1, memberId: "" };
    const { outcomes } = await this.#ask(groupId, Groups.commitOffsets, { member, offsets });
    outcomes.forEach(checked);
  }

  /** Forgets what the group has committed for partitions. GROUP_SUBSCRIBED_TO_TOPIC while it reads them. */
  async deleteOffsets(groupId: string, partitions: readonly PartitionName[]): Promise<void> {
    const { outcomes } = await this.#ask(groupId, Groups.deleteOffsets, { groupId, partitions });
    outcomes.forEach(checked);
  }

  /** Asks the group's coordinator, wherever it is. */
  #ask<Request, Response>(groupId: string, method: UnaryMethod<Request, Response>, request: Draft<Request>): Promise<Response> {
    const coordinator = new Coordinator(this.#cluster, groupId);
    return coordinator.persist((timeoutMs) => coordinator.call(method, request, { timeoutMs }));
  }

  #listOf(address: Address): Promise<ListingMessage[]> {
    const { connections } = this.#cluster;
    return this.#cluster.persist(async (timeoutMs) => {
      const options = { timeoutMs, headers: connections.headers };
      const { groups, loading } = await callMethod(connections.to(address), Groups.listGroups, {}, options);
      if (loading) throw new MillraceError("COORDINATOR_LOAD_IN_PROGRESS");
      return groups;
    });
  }
}

function partitionsOf(assignment: Buffer): PartitionName[] {
  return [...decodeAssignment(assignment)].flatMap(([topic, partitions]) => partitions.map((partition) => ({ topic, partition })));
}
