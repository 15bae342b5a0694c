import { type ErrorCode, MillraceError } from "@millrace/vocabulary";
import type { CommitOffsets } from "../contract.ts";
import type { ClassicGroup } from "../groups/classic-group.ts";
import type { GroupStep } from "../groups/shard-state.ts";
import { extendSession } from "../groups/sessions.ts";
import type { Ticket } from "../shard/machine.ts";
import { fitsBatch } from "../stored/batch-room.ts";
import { offsetEntry } from "../stored/entries.ts";

type Partition = CommitOffsets["partitions"][number];

/**
 * Commits offsets; answers an error or none for each partition: OFFSET_METADATA_TOO_LARGE, and
 * INVALID_COMMIT_OFFSET_SIZE where all of them do not fit one batch. Refuses with what `requireRight` says.
 */
export function commitOffsets(step: GroupStep, request: CommitOffsets, ticket: Ticket<(MillraceError | undefined)[]>): void {
  const { configuration, counters } = step.state.environment;
  requireRight(step, request);
  step.onlyWrites = true;
  const metadataMax = configuration.get("offset.metadata.max.bytes");
  const faults = request.partitions.map(({ metadata }) => (metadata.length > metadataMax ? tooLong(metadata, metadataMax) : undefined));
  const entries = request.partitions
    .filter((_, index) => faults[index] === undefined)
    .map((partition) => entryOf(step, request, partition));
  if (!fitsBatch(configuration, entries))
    return step.answer(
      ticket,
      request.partitions.map(() => tooMany(entries.length)),
    );
  for (const entry of entries) step.write(entry);
  counters.committedOffsets += entries.length;
  step.answer(ticket, faults);
}

function tooLong(metadata: string, metadataMax: number): MillraceError {
  return new MillraceError("OFFSET_METADATA_TOO_LARGE", { length: metadata.length, lengthMax: metadataMax });
}

function tooMany(partitions: number): MillraceError {
  return new MillraceError("INVALID_COMMIT_OFFSET_SIZE", { partitions });
}

/**
 * Who may commit: a member of the present generation, unless its assignment is still to come; and anybody who claims no
 * generation, while the group has no members. For a member it counts as a heartbeat.
 *
 * Throws UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, REBALANCE_IN_PROGRESS, GROUP_ID_NOT_FOUND.
 */
function requireRight(step: GroupStep, request: CommitOffsets): void {
  const { groupId, generationId, memberId, groupInstanceId } = request;
  const group = step.state.groups.get(groupId);
  if (group === undefined) return requireNoGeneration(request);
  if (generationId < 0 && group.state === "Empty") return;
  const claimsMembership = generationId >= 0 || memberId !== "" || groupInstanceId !== undefined;
  if (claimsMembership) requirePresent(step, group, request);
  else if (group.state !== "Empty") throw refusal("UNKNOWN_MEMBER_ID", request);
}

/** A group comes into being by offsets that are committed for it; a generation of it there never was. */
function requireNoGeneration(request: CommitOffsets): void {
  if (request.generationId < 0) return;
  throw refusal(request.reportsMissingGroup ? "GROUP_ID_NOT_FOUND" : "ILLEGAL_GENERATION", request);
}

function requirePresent(step: GroupStep, group: ClassicGroup, request: CommitOffsets): void {
  const member = group.members.require(request.memberId, request.groupInstanceId);
  if (request.generationId !== group.generationId) throw refusal("ILLEGAL_GENERATION", request);
  if (group.state === "CompletingRebalance") throw refusal("REBALANCE_IN_PROGRESS", request);
  extendSession(step, member);
}

function refusal(code: ErrorCode, { groupId, memberId, generationId }: CommitOffsets): MillraceError {
  return new MillraceError(code, { groupId, memberId, generationId });
}

function entryOf({ state, now }: GroupStep, { groupId, retentionMs }: CommitOffsets, partition: Partition) {
  const { topic, partition: index, offset, leaderEpoch, metadata } = partition;
  const expiresMs = retentionMs === undefined ? undefined : now.wallMs + retentionMs;
  const topicId = state.environment.surroundings.topicId(topic);
  return offsetEntry(groupId, topic, index, { offset, leaderEpoch, metadata, committedMs: now.wallMs, expiresMs, topicId });
}
