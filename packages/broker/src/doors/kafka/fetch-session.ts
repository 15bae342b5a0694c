import type { Fetched, FetchTarget } from "../../operations/fetch.ts";

/** One partition as a request names it. */
export interface SessionTarget extends FetchTarget {
  /** The topic, by id or name, and the partition. */
  readonly key: string;
}

/** What the client was told last of one partition. */
interface Told {
  target: SessionTarget;
  highWatermark: number;
  logStart: number;
}

/** One client's session: which partitions it follows, and what it knows of them. */
export interface FetchSession {
  readonly id: number;
  readonly usesTopicIds: boolean;
  readonly createdMs: number;
  lastUsedMs: number;
  epoch: number;
  /** In the order in which partitions are read: those that had data go to the end, so that none starves. */
  readonly partitions: Map<string, Told>;
}

/** Follows partitions from here on; nothing of them has been told. */
export function follow(session: FetchSession, targets: readonly SessionTarget[]): void {
  for (const target of targets) {
    const known = session.partitions.get(target.key);
    if (known === undefined) session.partitions.set(target.key, { target, highWatermark: -1, logStart: -1 });
    else known.target = target;
  }
}

/** Indexes of the answers that are news to the client, which are remembered as told. */
export function tellChanges(session: FetchSession, targets: readonly SessionTarget[], answers: readonly Fetched[]): number[] {
  const told: number[] = [];
  answers.forEach((answer, index) => {
    const target = targets[index]!;
    const known = session.partitions.get(target.key);
    const isNews =
      answer.bytes > 0 ||
      answer.error !== undefined ||
      answer.diverging !== undefined ||
      answer.preferredReplica !== undefined ||
      known === undefined ||
      known.highWatermark !== answer.highWatermark ||
      known.logStart !== answer.logStart;
    if (!isNews) return;
    told.push(index);
    remember(session, target, answer);
  });
  return told;
}

/** Notes what the client is told of a partition. */
export function remember(session: FetchSession, target: SessionTarget, answer: Fetched): void {
  const known = session.partitions.get(target.key);
  if (known === undefined) return;
  // After an error everything counts as new, so that the client hears of the recovery.
  known.highWatermark = answer.error === undefined ? answer.highWatermark : -1;
  known.logStart = answer.logStart;
  if (answer.bytes === 0) return;
  session.partitions.delete(target.key);
  session.partitions.set(target.key, known);
}
