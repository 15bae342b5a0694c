import type { Runtime } from "@millrace/runtime";
import { codeOf, type Configuration, MillraceError, offsetsTopic } from "@millrace/vocabulary";
import { clientError, fetchError } from "./client-errors.ts";
import type * as contract from "./contract.ts";
import { newGroupCounters } from "./counters.ts";
import { GroupMachine } from "./groups/group-machine.ts";
import type { GroupRequest } from "./groups/requests.ts";
import { LedShards } from "./led-shards.ts";
import { Shard } from "./shard/shard.ts";
import type { ShardLog } from "./shard/shard-log.ts";
import { shardOf } from "./shard-of.ts";
import { batchRoomBytes } from "./stored/batch-room.ts";
import type { GroupRecord } from "./stored/group-record.ts";

/** What the coordinator of groups is made with. */
export interface GroupCoordinatorOptions {
  readonly runtime: Pick<Runtime, "clock" | "random" | "logger">;
  /** Read at use. */
  readonly configuration: Pick<Configuration, "get">;
  readonly surroundings: contract.GroupSurroundings;
}

/** A coordinator of groups that leads nothing yet. */
export function groupCoordinator(options: GroupCoordinatorOptions): contract.GroupCoordinator {
  return new Groups(options);
}

/** Finds the shard of a group, refuses what no group may be asked, and puts errors into words that clients understand. */
class Groups implements contract.GroupCoordinator {
  readonly counters = newGroupCounters();
  readonly #options: GroupCoordinatorOptions;
  readonly #shards: LedShards<GroupRequest, GroupRecord, GroupMachine>;

  constructor(options: GroupCoordinatorOptions) {
    this.#options = options;
    const random = options.runtime.random.stream("coordinator.member-ids");
    this.#shards = new LedShards((partition, log) => {
      const logger = options.runtime.logger.with({ shard: partition });
      const environment = { ...options, random, logger, counters: this.counters };
      return new Shard({
        log,
        machine: () => new GroupMachine(environment),
        clock: options.runtime.clock,
        logger,
        commitTimeoutMs: () => options.configuration.get("offsets.commit.timeout.ms"),
        batchRoomBytes: () => batchRoomBytes(options.configuration),
        onLoaded: (records, durationMs) => this.#countLoad(records, durationMs),
      });
    });
  }

  lead(partition: number, leaderEpoch: number, log: ShardLog): void {
    this.#shards.lead(partition, leaderEpoch, log);
  }

  resign(partition: number): void {
    this.#shards.resign(partition);
  }

  topicsDeleted(names: readonly string[]): void {
    for (const shard of this.#shards) shard.notify({ type: "topicsDeleted", names });
  }

  async joinGroup(join: contract.JoinGroup, client: contract.GroupClient): Promise<contract.JoinedGroup> {
    requireGroupId(join.groupId);
    this.#requireSessionTimeout(join);
    return this.#ask(join.groupId, { type: "join", join, client });
  }

  async syncGroup(sync: contract.SyncGroup): Promise<contract.SyncedGroup> {
    requireGroupId(sync.groupId);
    return this.#ask(sync.groupId, { type: "sync", sync });
  }

  /** While a shard is loading nobody's session can end, so its members are told that all is well. */
  async heartbeat(heartbeat: contract.MemberRequest): Promise<void> {
    requireGroupId(heartbeat.groupId);
    return this.#ask<void>(heartbeat.groupId, { type: "heartbeat", heartbeat }).catch((error: unknown) => {
      if (codeOf(error) !== "COORDINATOR_LOAD_IN_PROGRESS") throw error;
    });
  }

  async leaveGroup(groupId: string, members: readonly contract.LeavingMember[]): Promise<(MillraceError | undefined)[]> {
    requireGroupId(groupId);
    return this.#ask(groupId, { type: "leave", groupId, members });
  }

  /** Partitions that do not exist get UNKNOWN_TOPIC_OR_PARTITION, whatever becomes of the others. */
  async commitOffsets(request: contract.CommitOffsets): Promise<(MillraceError | undefined)[]> {
    const { surroundings } = this.#options;
    const partitions = request.partitions.filter(({ topic, partition }) => surroundings.hasPartition(topic, partition));
    const all = partitions.length === request.partitions.length;
    if (partitions.length === 0 && !all) return request.partitions.map(unknownPartition);
    const answer = this.#ask<(MillraceError | undefined)[]>(request.groupId, { type: "commit", commit: { ...request, partitions } });
    if (all) return answer;
    const faults = await answer.catch((error: MillraceError) => partitions.map(() => error));
    const faultOf = new Map(partitions.map((partition, index) => [partition, faults[index]]));
    return request.partitions.map((partition) => (faultOf.has(partition) ? faultOf.get(partition) : unknownPartition(partition)));
  }

  async fetchOffsets(fetch: contract.FetchOffsets): Promise<contract.CommittedOffset[]> {
    return this.#ask<contract.CommittedOffset[]>(fetch.groupId, { type: "fetch", fetch }, fetchError);
  }

  async deleteOffsets(groupId: string, partitions: readonly contract.TopicPartitionName[]): Promise<(MillraceError | undefined)[]> {
    requireGroupId(groupId);
    return this.#ask(groupId, { type: "deleteOffsets", groupId, partitions });
  }

  async deleteGroup(groupId: string): Promise<void> {
    return this.#ask(groupId, { type: "deleteGroup", groupId });
  }

  async describeGroup(groupId: string): Promise<contract.GroupDescription> {
    return this.#ask(groupId, { type: "describe", groupId });
  }

  listGroups(): { groups: contract.GroupListing[]; isLoading: boolean } {
    const shards = [...this.#shards];
    return { groups: shards.flatMap(({ machine }) => machine?.list() ?? []), isLoading: shards.some(({ isLoading }) => isLoading) };
  }

  async close(): Promise<void> {
    this.#shards.close();
  }

  async #ask<Answer>(groupId: string, request: GroupRequest, told = clientError): Promise<Answer> {
    try {
      return await this.#shards.get(shardOf(groupId, this.#partitions)).submit<Answer>(request);
    } catch (error) {
      throw told(error);
    }
  }

  /** Of __consumer_offsets. The configuration holds for its creation only. */
  get #partitions(): number {
    const { surroundings, configuration } = this.#options;
    return surroundings.partitionCount?.(offsetsTopic) ?? configuration.get("offsets.topic.num.partitions");
  }

  #requireSessionTimeout({ sessionTimeoutMs, memberId }: contract.JoinGroup): void {
    const { configuration } = this.#options;
    const sessionTimeoutMsMin = configuration.get("group.min.session.timeout.ms");
    const sessionTimeoutMsMax = configuration.get("group.max.session.timeout.ms");
    if (sessionTimeoutMs < sessionTimeoutMsMin || sessionTimeoutMs > sessionTimeoutMsMax)
      throw new MillraceError("INVALID_SESSION_TIMEOUT", { memberId, sessionTimeoutMs, sessionTimeoutMsMin, sessionTimeoutMsMax });
  }

  #countLoad(records: number, durationMs: number): void {
    this.counters.loads++;
    this.counters.loadedRecords += records;
    this.counters.loadMs += durationMs;
  }
}

/** Only offsets may be kept under the empty id, as the oldest clients do. */
function requireGroupId(groupId: string): void {
  if (groupId === "") throw new MillraceError("INVALID_GROUP_ID", { groupId });
}

function unknownPartition({ topic, partition }: contract.TopicPartitionName): MillraceError {
  return new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic, partition });
}
