import type { Kv, KvChange } from "@millrace/runtime";
import { LeaderEpoch, MillraceError, Offset, type TopicPartition } from "@millrace/vocabulary";
import { logDirectoryName } from "../names.ts";
import { noProgress, type SegmentProgress } from "../segment/segment.ts";
import type { EpochStart } from "./epoch-cache.ts";

/** How far a log was at some offset, all of it about the same moment. */
export interface Bookmark {
  readonly offset: Offset;
  /** Of the segment that ends there for now. */
  readonly baseOffset: Offset;
  readonly progress: SegmentProgress;
}

/** Marks that move often and alone. */
export interface Marks {
  readonly logStart: Offset;
  readonly highWatermark: Offset;
  /** Compaction has been through everything below it. */
  readonly cleanedTo: Offset;
  /** Set while the log is being dropped, to begin anew at `logStart`. */
  readonly isRestarting: boolean;
}

/** Where recovery begins. Written only when everything below the recovery point is synced, its directory entries too. */
export interface Point {
  /** The recovery point: nothing below it is scanned after a crash of the process. */
  readonly recovery: Bookmark;
  /** Up to here, in the same segment, the indexes are synced as well: after a power cut they are made anew from here on. */
  readonly indexed: Bookmark;
  readonly epochs: readonly EpochStart[];
  /** The offset of the snapshot that holds the producers as of the recovery point; -1: there were none; undefined: none is left. */
  readonly producersAt: number | undefined;
}

/**
 * What the state store keeps for a log: hints, each of which recovery can do without, at the price of reading more. Its
 * keys, below `log/<topic id>-<partition>/`:
 *
 *     marks                     Marks
 *     point                     Point
 *     producers/<20 digits>     the producers as of an offset
 */
export interface LogHints {
  readonly marks: Marks | undefined;
  readonly point: Point | undefined;
  /** Offsets of the snapshots that are there, ascending. */
  readonly snapshots: readonly number[];
}

/** Raised when a value changes its meaning; a value of another version counts as lost. */
const version = 1;

function prefixOf(log: TopicPartition): string {
  return `log/${logDirectoryName(log)}/`;
}

function producersKey(log: TopicPartition, offset: number): Buffer {
  return Buffer.from(`${prefixOf(log)}producers/${String(offset).padStart(20, "0")}`);
}

/** Reads a log's hints. What is damaged counts as lost, and `onDamage` is told. */
export function readHints(kv: Kv, log: TopicPartition, onDamage: (key: string, error: unknown) => void): LogHints {
  const prefix = prefixOf(log);
  const read = <Hint>(key: string, parse: (key: Buffer) => Hint): Hint | undefined => {
    try {
      return parse(Buffer.from(key));
    } catch (error) {
      if (error instanceof MillraceError && error.code !== "DATA_DAMAGED") throw error;
      onDamage(key, error);
      return undefined;
    }
  };
  const marks = read(`${prefix}marks`, (key) => parseMarks(kv.get(key)));
  const point = read(`${prefix}point`, (key) => parsePoint(kv.get(key)));
  return { marks, point, snapshots: read(`${prefix}producers/`, (key) => snapshotOffsets(kv, key)) ?? [] };
}

function snapshotOffsets(kv: Kv, from: Buffer): number[] {
  const keys = Array.from(kv.range({ from, to: Buffer.concat([from, Buffer.from("~")]) }), ({ key }) => key);
  return keys.map((key) => Number(key.subarray(from.length).toString("latin1")));
}

export function readSnapshot(kv: Kv, log: TopicPartition, offset: number): Buffer | undefined {
  return kv.get(producersKey(log, offset));
}

export function marksChange(log: TopicPartition, marks: Marks): KvChange {
  const { logStart, highWatermark, cleanedTo, isRestarting } = marks;
  return change(`${prefixOf(log)}marks`, { version, logStart, highWatermark, cleanedTo, isRestarting });
}

export function pointChange(log: TopicPartition, point: Point): KvChange {
  const { recovery, indexed, producersAt } = point;
  const epochs = point.epochs.map(({ epoch, startOffset }) => [epoch, startOffset]);
  return change(`${prefixOf(log)}point`, { version, recovery, indexed, epochs, producersAt });
}

export function snapshotChange(log: TopicPartition, offset: number, bytes: Buffer | undefined): KvChange {
  return { key: producersKey(log, offset), value: bytes };
}

/** Removes everything that the store keeps for a log. */
export function removeHints(kv: Kv, log: TopicPartition): KvChange[] {
  return removeAll(kv, prefixOf(log));
}

/** Removes every snapshot of a log's producers. */
export function removeSnapshots(kv: Kv, log: TopicPartition): KvChange[] {
  return removeAll(kv, `${prefixOf(log)}producers/`);
}

function removeAll(kv: Kv, prefix: string): KvChange[] {
  const entries = kv.range({ from: Buffer.from(prefix), to: Buffer.from(`${prefix}~`) });
  return Array.from(entries, ({ key }) => ({ key, value: undefined }));
}

function change(key: string, value: object): KvChange {
  return { key: Buffer.from(key), value: Buffer.from(JSON.stringify(value)) };
}

function parseMarks(bytes: Buffer | undefined): Marks | undefined {
  if (bytes === undefined) return undefined;
  const parsed = JSON.parse(bytes.toString("utf8"));
  if (parsed.version !== version) return undefined;
  return {
    logStart: Offset(parsed.logStart),
    highWatermark: Offset(parsed.highWatermark),
    cleanedTo: Offset(parsed.cleanedTo),
    isRestarting: parsed.isRestarting,
  };
}

function parsePoint(bytes: Buffer | undefined): Point | undefined {
  if (bytes === undefined) return undefined;
  const parsed = JSON.parse(bytes.toString("utf8"));
  if (parsed.version !== version) return undefined;
  return {
    recovery: parseBookmark(parsed.recovery),
    indexed: parseBookmark(parsed.indexed),
    epochs: parsed.epochs.map(([epoch, startOffset]: [number, number]) => ({
      epoch: LeaderEpoch(epoch),
      startOffset: Offset(startOffset),
    })),
    producersAt: parsed.producersAt,
  };
}

/** A bookmark as JSON brings it back. */
export function parseBookmark({
  offset,
  baseOffset,
  progress,
}: {
  offset: number;
  baseOffset: number;
  progress: SegmentProgress;
}): Bookmark {
  return { offset: Offset(offset), baseOffset: Offset(baseOffset), progress: { ...noProgress, ...progress } };
}
