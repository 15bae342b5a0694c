import { BatchView } from "@millrace/records";
import type { Task, Work } from "@millrace/runtime";
import { codeOf, hourMs, KiB, MiB, type TopicSettings } from "@millrace/vocabulary";
import { openedBytesMax } from "../opened-records.ts";
import { checkEnvelope } from "./envelope.ts";
import { applyRules, isHeaderSuspect, type RecordRules, stamp } from "./record-rules.ts";

/** What admission needs beside the batch and its topic. */
export interface AdmissionContext {
  /** The broker's clock: for timestamp bounds, and the stamp of LogAppendTime topics. */
  readonly nowMs: number;
  /** Whether zstd may come this way. */
  readonly allowsZstd: boolean;
  readonly work: Work;
}

/** A batch that may be appended. */
export interface Admitted {
  /** The batch that came, or another in its place. */
  readonly batch: Buffer;
  /** The broker's stamp in a LogAppendTime topic. */
  readonly logAppendTimeMs: number | undefined;
}

/** A compressed batch up to this size is opened within the turn, if it does not grow past `openedAtOnceMax`. */
const compressedAtOnceMax: number = 32 * KiB;
const openedAtOnceMax: number = MiB;
/** An uncompressed batch up to this size is walked through within the turn: a few milliseconds. */
const walkedAtOnceMax: number = 8 * MiB;
/** The default of `message.timestamp.after.max.ms`, under which a compressed batch's header is believed. */
const usualAfterMaxMs: number = hourMs;

/**
 * Checks a batch that a client sent, and makes it ready to be appended; everything that needs nothing of the partition. It
 * comes back at once, but where a large batch must be opened or compressed; the caller then keeps its order.
 *
 * The records of an uncompressed batch are all looked at. A compressed one is opened only where its topic needs it: for null keys
 * (compaction), for timestamp bounds other than the usual ones, or to be compressed anew. Otherwise its header is believed:
 * its record count, its greatest timestamp.
 *
 * Throws or rejects with INVALID_RECORD, CORRUPT_MESSAGE, MESSAGE_TOO_LARGE, INVALID_TIMESTAMP, UNSUPPORTED_COMPRESSION_TYPE;
 * `facts.recordErrors` names the records at fault (KIP-467).
 */
export function admitBatch(batch: Buffer, settings: TopicSettings, context: AdmissionContext): Admitted | Promise<Admitted> {
  checkEnvelope(batch, settings, context);
  const rules = rulesOf(settings, context.nowMs);
  const logAppendTimeMs = rules.isLogAppendTime ? context.nowMs : undefined;
  const view = new BatchView(batch);
  const isCompressed = view.compression !== "none";
  if (isCompressed && !needsOpening(view, settings, rules)) {
    stamp(view, rules, undefined);
    return { batch, logAppendTimeMs };
  }
  const isChanged = rules.compression !== undefined && rules.compression !== view.compression;
  const atOnceMax = isCompressed || isChanged ? compressedAtOnceMax : walkedAtOnceMax;
  const ready = batch.length <= atOnceMax ? applyAtOnce(batch, rules) : undefined;
  if (ready !== undefined) return { batch: ready, logAppendTimeMs };
  return applyBeside(batch, rules, context.work).then((changed) => ({ batch: changed, logAppendTimeMs }));
}

function rulesOf(settings: TopicSettings, nowMs: number): RecordRules {
  const type = settings["compression.type"];
  return {
    isCompacted: settings["cleanup.policy"].includes("compact"),
    isLogAppendTime: settings["message.timestamp.type"] === "LogAppendTime",
    nowMs,
    beforeMaxMs: settings["message.timestamp.before.max.ms"],
    afterMaxMs: settings["message.timestamp.after.max.ms"],
    compression: type === "producer" ? undefined : type === "uncompressed" ? "none" : type,
    bytesMax: settings["max.message.bytes"],
  };
}

function needsOpening(view: BatchView, settings: TopicSettings, rules: RecordRules): boolean {
  if (rules.isCompacted || (rules.compression !== undefined && rules.compression !== view.compression)) return true;
  if (rules.isLogAppendTime) return false;
  const hasUsualBounds = rules.beforeMaxMs >= Number.MAX_SAFE_INTEGER && settings["message.timestamp.after.max.ms"] === usualAfterMaxMs;
  return !hasUsualBounds || isHeaderSuspect(view, rules);
}

/** Undefined: the batch opens to more than should be held within a turn. */
function applyAtOnce(batch: Buffer, rules: RecordRules): Buffer | undefined {
  const openedMax = Math.max(openedAtOnceMax, batch.length);
  try {
    return applyRules(batch, rules, openedMax);
  } catch (error) {
    if (codeOf(error) === "MESSAGE_TOO_LARGE") return undefined;
    throw error;
  }
}

async function applyBeside(batch: Buffer, rules: RecordRules, work: Work): Promise<Buffer> {
  const [changed] = await work.run(admissionTask.name, [batch, Buffer.from(JSON.stringify(rules))]);
  return Buffer.from(changed!.buffer, changed!.byteOffset, changed!.length);
}

/** `applyRules` beside the loop: batch and rules in, batch out. */
export const admissionTask: Task = {
  name: "storage.admit",
  run([batch, rules]) {
    const bytes = Buffer.from(batch!.buffer, batch!.byteOffset, batch!.length);
    return [applyRules(bytes, JSON.parse(Buffer.from(rules!).toString("utf8")), openedBytesMax)];
  },
};
