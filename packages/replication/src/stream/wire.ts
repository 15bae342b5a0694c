import type { Answer, FollowerHello, FromFollower, Marks, Subscription } from "@millrace/contracts/replication";
import { type Draft, isErrorCode } from "@millrace/contracts";
import { type BrokerId, LeaderEpoch, Offset, uuidFromBytes, uuidToBytes, type Uuid } from "@millrace/vocabulary";
import type { Follower } from "../following/follower.ts";
import type { LeaderMarks, SubscriptionAnswer } from "../following/subscription-answer.ts";
import type { Standing } from "../leading/comparison.ts";
import type { FollowerEnds } from "../leading/follower-progress.ts";

/** What this version can say on a replication stream. */
export const levels = { levelMin: 1, levelMax: 1 } as const;

/** Whether two sides have a level in common. */
export function haveCommonLevel(other: { readonly levelMin: number; readonly levelMax: number }): boolean {
  return other.levelMin <= levels.levelMax && levels.levelMin <= other.levelMax;
}

export interface FollowerIdentity {
  readonly clusterId: Uuid;
  readonly self: BrokerId;
  readonly brokerEpoch: number;
  readonly leader: BrokerId;
}

export function helloDraft({ clusterId, self, brokerEpoch, leader }: FollowerIdentity): Draft<FollowerHello> {
  return { clusterId: uuidToBytes(clusterId), brokerId: self, brokerEpoch, leaderId: leader, ...levels };
}

export function subscriptionDraft(
  { topicId, index, leaderEpoch }: Follower,
  generation: number,
  { end, synced, lastEpoch }: Standing & FollowerEnds,
): Draft<Subscription> {
  return { generation, topicId: uuidToBytes(topicId), partition: index, leaderEpoch, end, syncedEnd: synced, lastEpoch };
}

export function acknowledgementDraft({ generation, written, synced }: FollowerEnds & { readonly generation: number }) {
  return { generation, writtenEnd: written, syncedEnd: synced };
}

/** Where a follower that subscribes says that its log stands. */
export function standingOf({ end, syncedEnd, lastEpoch }: Subscription): Standing & FollowerEnds {
  return { end: Offset(end), lastEpoch: LeaderEpoch(lastEpoch), written: Offset(end), synced: Offset(Math.min(end, syncedEnd)) };
}

export function endsOf({ writtenEnd, syncedEnd }: FromFollower["acknowledgements"][number]): FollowerEnds {
  return { written: Offset(writtenEnd), synced: Offset(Math.min(writtenEnd, syncedEnd)) };
}

/** 16 bytes as they name a topic; undefined where they are not 16. */
export function topicIdOf(bytes: Buffer): Uuid | undefined {
  return bytes.length === 16 ? uuidFromBytes(bytes) : undefined;
}

export function answerDraft(generation: number, answer: SubscriptionAnswer, leaderEpoch: LeaderEpoch): Draft<Answer> {
  switch (answer.type) {
    case "accepted":
      return { generation, accepted: { highWatermark: answer.highWatermark, logStart: answer.logStart, syncTo: answer.syncTo } };
    case "diverging":
      return { generation, diverging: { epoch: answer.epoch, endOffset: answer.endOffset } };
    case "behind":
      return { generation, beginsAt: answer.logStart };
    case "refused":
      return { generation, refused: { code: answer.code, leaderEpoch } };
  }
}

export function answerOf({ accepted, diverging, beginsAt, refused }: Answer): SubscriptionAnswer {
  if (accepted !== null) return { type: "accepted", ...marksOf(accepted) };
  if (diverging !== null) return { type: "diverging", epoch: LeaderEpoch(diverging.epoch), endOffset: Offset(diverging.endOffset) };
  if (beginsAt !== null) return { type: "behind", logStart: Offset(beginsAt) };
  const code = refused?.code ?? "";
  return { type: "refused", code: isErrorCode(code) ? code : "UNKNOWN_SERVER_ERROR" };
}

/** Marks as a leader said them; none said are none known. */
export function marksOf(marks: Marks | null): LeaderMarks {
  const { highWatermark = 0, logStart = 0, syncTo = 0 } = marks ?? {};
  return { highWatermark: Offset(highWatermark), logStart: Offset(logStart), syncTo: Offset(syncTo) };
}
