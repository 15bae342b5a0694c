import * as fc from "fast-check";
import { BatchView, readRecords, recordsOf } from "@millrace/records";
import { LeaderEpoch, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { Log } from "../src/index.ts";
import type { PartitionLog } from "../src/log/partition-log.ts";
import { logDirectoryName, parseSegmentFileName } from "../src/names.ts";
import { brokerConfiguration } from "../src/testing/index.ts";
import { headerFault } from "../src/segment/batch-fault.ts";
import { batch, marker, TestBroker, topicId } from "./support/broker.ts";
import { LogModel } from "./support/log-model.ts";

/** Runs of the model; a long run sets more. */
const runs = Number(process.env.MILLRACE_MODEL_RUNS ?? 250);
const producers = 3;

type Action =
  | { type: "append"; records: number; bytes: number; producer: number; timestamp: number }
  | { type: "transaction"; producer: number; outcome: "commit" | "abort" }
  | { type: "begin"; producer: number }
  | { type: "settle" | "sync" | "flush" | "note" | "retention" | "restart" | "epoch" | "wait" }
  | { type: "full"; operation: "write" | "open" }
  | { type: "highWatermark" | "deleteRecords" | "truncate"; share: number }
  | { type: "read"; share: number; bytesMax: number; upToShare: number; whole: boolean }
  | { type: "aborted"; share: number; upToShare: number }
  | { type: "timestamp"; timestamp: number }
  | { type: "crash"; cause: "killed" | "power cut"; afterUs: number; damage: number }
  | { type: "interrupt"; operation: Operation; share: number; cause: "killed" | "power cut"; afterUs: number };

/** What a crash may come into. */
type Operation = "truncate" | "restartAt" | "deleteRecords" | "flush" | "note" | "deleteOld" | "close";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      type: fc.constant("append" as const),
      records: fc.integer({ min: 1, max: 4 }),
      bytes: fc.integer({ min: 0, max: 120 }),
      producer: fc.integer({ min: -1, max: producers - 1 }),
      timestamp: fc.integer({ min: 0, max: 50 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("full" as const), operation: fc.constantFrom("write" as const, "open" as const) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("begin" as const), producer: fc.integer({ min: 0, max: producers - 1 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("transaction" as const),
      producer: fc.integer({ min: 0, max: producers - 1 }),
      outcome: fc.constantFrom("commit" as const, "abort" as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constantFrom(
        "settle" as const,
        "sync" as const,
        "flush" as const,
        "note" as const,
        "retention" as const,
        "restart" as const,
        "epoch" as const,
        "wait" as const,
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom("highWatermark" as const, "highWatermark" as const, "deleteRecords" as const, "truncate" as const),
      share,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("read" as const),
      share,
      upToShare: share,
      bytesMax: fc.integer({ min: 1, max: 1500 }),
      whole: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("aborted" as const), share, upToShare: share }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("timestamp" as const), timestamp: fc.integer({ min: 0, max: 60 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("interrupt" as const),
      operation: fc.constantFrom<Operation>("truncate", "restartAt", "deleteRecords", "flush", "note", "deleteOld", "close"),
      share,
      cause: fc.constantFrom("killed" as const, "power cut" as const),
      afterUs: fc.integer({ min: 0, max: 8000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("crash" as const),
      cause: fc.constantFrom("killed" as const, "power cut" as const),
      afterUs: fc.integer({ min: 0, max: 5000 }),
      damage: fc.integer({ min: 0, max: 3 }),
    }),
  },
);

interface Settings {
  readonly "segment.bytes": number;
  readonly "index.interval.bytes": number;
  readonly "segment.index.bytes": number;
  readonly "file.delete.delay.ms": number;
}

const settings: fc.Arbitrary<Settings> = fc.record({
  "segment.bytes": fc.integer({ min: 700, max: 2500 }),
  "index.interval.bytes": fc.integer({ min: 0, max: 300 }),
  "segment.index.bytes": fc.constantFrom(40, 10_000),
  "file.delete.delay.ms": fc.constantFrom(0, 1000),
});

/** A log and what it should be, side by side. */
class Trial {
  readonly broker: TestBroker;
  readonly model = new LogModel();
  readonly #settings: Settings;
  log!: Log;
  #epoch = 0;
  #sequences = new Map<number, number>();
  #inTransaction = new Set<number>();
  #highWatermark = 0;

  constructor(broker: TestBroker, chosen: Settings) {
    this.broker = broker;
    this.#settings = chosen;
  }

  async open(): Promise<void> {
    this.log = await this.broker.log({ ...this.#settings, "retention.bytes": 3000, "retention.ms": -1 });
  }

  async do(step: Action): Promise<void> {
    const { log, model, broker } = this;
    switch (step.type) {
      case "append":
        return this.append(step.producer, step.records, "v".repeat(step.bytes), step.timestamp, false);
      case "begin":
        this.#inTransaction.add(step.producer);
        return this.append(step.producer, 1, "t", 5, true);
      case "transaction": {
        if (!this.#inTransaction.delete(step.producer)) return;
        const bytes = marker(step.outcome, step.producer);
        log.append(bytes, { origin: "marker", leaderEpoch: LeaderEpoch(this.#epoch) });
        return model.add(bytes);
      }
      case "settle":
        return broker.world.settle();
      case "wait":
        return broker.pass(1);
      case "sync":
        return broker.drive(log.sync());
      case "flush":
        return broker.pass(31_000);
      case "note":
        return broker.drive((log as PartitionLog).noteWritten());
      case "retention":
        return broker.pass(6 * 60_000);
      case "epoch":
        this.#epoch++;
        return log.beginEpoch(LeaderEpoch(this.#epoch));
      case "highWatermark":
        this.#highWatermark = Math.max(this.#highWatermark, this.#boundary(step.share, log.logEnd));
        return log.highWatermarkIs(Offset(this.#highWatermark));
      case "deleteRecords": {
        const to = Math.floor(step.share * log.logEnd);
        await broker.drive(log.deleteRecordsBefore(Offset(to)));
        model.logStart = Math.max(model.logStart, Math.min(to, this.#highWatermark));
        return expect(log.logStart).toBeGreaterThanOrEqual(model.logStart);
      }
      case "truncate":
        return this.truncate(step.share);
      case "full":
        return this.fill(step.operation);
      case "read":
        return this.checkRead(step);
      case "aborted":
        return this.checkAborted(step.share, step.upToShare);
      case "timestamp":
        return this.checkTimestamp(step.timestamp);
      case "restart":
        await broker.stopAndStart();
        await this.open();
        return this.reopened(model.end, model.end);
      case "crash":
        return this.crash(step);
      case "interrupt":
        return this.interrupt(step);
    }
  }

  append(producer: number, records: number, value: string, timestamp: number, isTransactional: boolean): void {
    const values = Array.from({ length: records }, (_, index) => `${value}${this.model.end + index}`);
    const baseSequence = producer < 0 ? -1 : (this.#sequences.get(producer) ?? 0);
    const identity = producer < 0 ? {} : { producerId: producer, producerEpoch: 0, baseSequence };
    const bytes = batch({
      values,
      timestamps: values.map((_, index) => timestamp + index),
      ...identity,
      isTransactional: isTransactional || this.#inTransaction.has(producer),
    });
    this.log.append(bytes, { origin: "client", leaderEpoch: LeaderEpoch(this.#epoch) });
    if (producer >= 0) this.#sequences.set(producer, baseSequence + records);
    this.model.add(bytes);
  }

  /** Something finds the disk full, and there is room again a little later: at most what was not written is gone. */
  async fill(operation: "write" | "open"): Promise<void> {
    const { log, model, broker } = this;
    await broker.world.settle();
    const { logEnd } = log;
    broker.world.failNext("broker", operation, "ENOSPC");
    this.append(-1, 2, "unlucky", 5, false);
    await broker.pass(25_000);
    // Where nothing was opened the fault still waits, and is taken back so.
    await broker.drive(broker.runtime.disk.open("/nowhere", "read").catch(() => undefined));
    expect(log.logEnd).toBeGreaterThanOrEqual(logEnd);
    expect(broker.directory.isFull).toBe(false);
    model.cutTo(log.logEnd);
    await this.check();
    this.resume();
  }

  async truncate(part: number): Promise<void> {
    const { log, model, broker } = this;
    const to = this.#highWatermark + Math.floor(part * (log.nextOffset - this.#highWatermark + 1));
    await broker.drive(log.truncateTo(Offset(to)));
    if (to < model.end) model.cutTo(to);
    await broker.world.settle();
    await this.check();
    this.resume();
  }

  async crash({ cause, afterUs, damage }: { cause: "killed" | "power cut"; afterUs: number; damage: number }): Promise<void> {
    const { broker, log } = this;
    await broker.pass(afterUs / 1000);
    const { syncedEnd, logEnd } = log;
    broker.world.crash("broker", cause);
    broker.runtime = broker.world.restart("broker");
    if (cause === "power cut" && damage > 0) await this.damageBehind(syncedEnd, damage);
    await broker.openDirectory();
    expect(broker.directory.lastStop).toBe(cause === "killed" ? "crashed" : "lossy");
    await this.open();
    await this.reopened(cause === "killed" ? logEnd : syncedEnd, this.model.end);
    if (cause === "killed") expect(this.log.lostRecords).toBe(false);
  }

  /** A crash while something is under way: it has happened or not, and nothing between. */
  async interrupt({ operation, share: part, cause, afterUs }: Action & { type: "interrupt" }): Promise<void> {
    const { broker, log, model } = this;
    const { syncedEnd } = log;
    const to = this.#highWatermark + Math.floor(part * (log.nextOffset - this.#highWatermark + 1));
    this.begin(operation, to).catch(() => undefined);
    await broker.pass(afterUs / 1000);
    const written = log.logEnd;
    const isCut = operation === "truncate" || operation === "restartAt";
    broker.world.crash("broker", cause);
    broker.runtime = broker.world.restart("broker");
    await broker.openDirectory();
    await this.open();
    if (operation === "restartAt" && this.log.logStart === to + 1000) return this.restarted(to + 1000);
    const kept = cause === "killed" ? written : syncedEnd;
    const boundary = model.batches.findLast(({ nextOffset }) => nextOffset <= to)?.nextOffset ?? model.begin;
    await this.reopened(isCut ? Math.min(kept, boundary) : kept, model.end);
    if (operation === "deleteRecords") model.logStart = Math.max(model.logStart, this.log.logStart);
    if (!isCut) return;
    // A cut that did not resolve may be undone by the next power cut, unless something is synced since.
    this.append(-1, 1, "after the cut", 5, false);
    await broker.world.settle();
    await broker.drive(this.log.sync());
  }

  begin(operation: Operation, to: number): Promise<void> {
    const log = this.log as PartitionLog;
    switch (operation) {
      case "truncate":
        return log.truncateTo(Offset(to));
      case "restartAt":
        return log.restartAt(Offset(to + 1000));
      case "deleteRecords":
        return log.deleteRecordsBefore(Offset(to));
      case "flush":
        return log.flush({ syncIndexes: true });
      case "note":
        return log.noteWritten();
      case "deleteOld":
        return log.deleteOldSegments();
      case "close":
        return this.broker.directory.close();
    }
  }

  /** The log begins anew, far behind; the model with it. */
  async restarted(at: number): Promise<void> {
    const { log, model } = this;
    model.restartAt(at);
    this.#highWatermark = at;
    expect([log.logStart, log.logEnd, log.highWatermarkHint]).toEqual([at, at, at]);
    await this.check();
    this.resume();
  }

  /** A power cut may leave anything behind what was synced: cut there at any byte, or flip one. */
  async damageBehind(syncedEnd: number, damage: number): Promise<void> {
    const { broker } = this;
    const { disk } = broker.runtime;
    const directory = `/data/logs/${logDirectoryName({ topicId, partition: 0 })}`;
    if ((await broker.drive(disk.stat(directory))) === undefined) return;
    const names = await broker.drive(disk.list(directory));
    const newest = names.findLast((name) => parseSegmentFileName(name)?.kind === "log" && parseSegmentFileName(name)?.state === "live");
    if (newest === undefined) return;
    const file = await broker.drive(disk.open(`${directory}/${newest}`, "write"));
    const bytes = Buffer.alloc(await broker.drive(file.size()));
    await broker.drive(file.read(bytes, 0));
    const starts = batchStarts(bytes);
    const from = starts.find((start) => new BatchView(bytes, start).baseOffset >= syncedEnd) ?? bytes.length;
    if (from >= bytes.length) return;
    const at = from + ((damage * 7919) % (bytes.length - from));
    if (damage === 1) await broker.drive(file.truncate(at));
    else {
      // The checksum leaves out what lies before it, which is the format's weakness and not the log's.
      const flipped = Math.max(at, starts.findLast((start) => start <= at)! + 17);
      if (flipped < bytes.length) await broker.drive(file.write([Buffer.from([bytes[flipped]! ^ (1 << damage)])], flipped));
    }
    await broker.drive(file.sync());
    await broker.drive(file.close());
  }

  /** The log has been opened again: it must hold a prefix of what was appended, and everything below `atLeast`. */
  async reopened(atLeast: number, atMost: number): Promise<void> {
    const { log, model } = this;
    expect(log.logEnd).toBeGreaterThanOrEqual(Math.max(atLeast, log.logStart));
    expect(log.logEnd).toBeLessThanOrEqual(atMost);
    expect(log.logStart).toBeGreaterThanOrEqual(model.logStart);
    const isBoundary = log.logEnd === model.begin || model.batches.some(({ nextOffset }) => nextOffset === log.logEnd);
    expect(isBoundary).toBe(true);
    // Where nothing was left past the log start, the log begins anew there.
    const isAnew = log.lostRecords && log.logEnd === log.logStart && log.sizeBytes === 0;
    if (isAnew) model.restartAt(log.logStart);
    model.cutTo(log.logEnd);
    this.#highWatermark = Math.min(this.#highWatermark, log.logEnd);
    log.highWatermarkIs(Offset(this.#highWatermark));
    await this.check();
    this.resume();
  }

  /** Everything about the log is as it should be. */
  async check(): Promise<void> {
    const { log, model } = this;
    expect([log.logEnd, log.nextOffset]).toEqual([model.end, model.end]);
    expect(log.producers().toSorted((a, b) => a.producerId - b.producerId)).toEqual(model.producers());
    const bytes: Buffer[] = [];
    for (let next: number = log.logStart; next < log.logEnd;) {
      const read = await this.broker.read(log, next, 400);
      bytes.push(...read.parts);
      expect(read.nextOffset).toBeGreaterThan(next);
      next = read.nextOffset;
    }
    expect(Buffer.concat(bytes).equals(model.bytesFrom(log.logStart, Infinity))).toBe(true);
    for (const [epoch, start] of model.epochs()) {
      if (start >= log.logStart) expect(log.epochOfOffset(Offset(start))).toBe(epoch);
    }
  }

  /** What comes next continues what survived. */
  resume(): void {
    this.#sequences.clear();
    this.#inTransaction.clear();
    for (const known of this.log.producers()) {
      this.#sequences.set(known.producerId, known.lastSequence + 1);
      if (known.openTransactionFirstOffset !== undefined) this.#inTransaction.add(known.producerId);
    }
  }

  async checkRead({ share: part, upToShare, bytesMax, whole }: Action & { type: "read" }): Promise<void> {
    const { log, model, broker } = this;
    const from = log.logStart + Math.floor(part * (log.logEnd - log.logStart));
    const upTo = from + Math.floor(upToShare * (log.logEnd - from + 1));
    if (upTo > log.logEnd) return;
    const read = await broker.drive(Promise.resolve(log.read(Offset(from), { bytesMax, upTo: Offset(upTo), firstBatchWhole: whole })));
    const got = Buffer.concat(read.parts);
    const expected = model.bytesFrom(from, upTo);
    expect(got.equals(expected.subarray(0, got.length))).toBe(true);
    const first = from === upTo ? undefined : model.batches.find(({ nextOffset, baseOffset }) => nextOffset > from && baseOffset < upTo);
    if (first === undefined) return expect(read).toMatchObject({ bytes: 0, nextOffset: from });
    const isTooLarge = first.bytes.length > bytesMax;
    if (isTooLarge) return expect(read.bytes).toBe(whole ? first.bytes.length : 0);
    expect(read.bytes).toBeGreaterThan(0);
    expect(read.bytes).toBeLessThanOrEqual(bytesMax);
  }

  async checkAborted(part: number, upToShare: number): Promise<void> {
    const { log, model, broker } = this;
    await broker.world.settle();
    const from = log.logStart + Math.floor(part * (log.logEnd - log.logStart));
    const to = from + Math.floor(upToShare * (log.logEnd - from + 1));
    expect(await broker.drive(log.abortedTransactions(Offset(from), Offset(to)))).toEqual(model.abortedTransactions(from, to));
  }

  async checkTimestamp(timestamp: number): Promise<void> {
    const { log, model, broker } = this;
    await broker.world.settle();
    const records = model.batches.flatMap(({ bytes }) => {
      const view = new BatchView(bytes);
      return view.isControl ? [] : [...readRecords(view, recordsOf(view))];
    });
    const present = records.filter(({ offset }) => offset >= log.logStart);
    const found = await broker.drive(log.offsetForTimestamp(timestamp, log.logEnd));
    // Markers have timestamps too: with 1,000 they lie behind all records here.
    const expected = present.find((record) => record.timestamp >= timestamp);
    if (expected !== undefined && (found?.timestampMs ?? 0) < 1000)
      expect(found).toMatchObject({ offset: expected.offset, timestampMs: expected.timestamp });
    if (found === undefined) expect(expected).toBeUndefined();
  }

  #boundary(part: number, end: number): number {
    const boundaries = [0, ...this.model.batches.map(({ nextOffset }) => nextOffset)].filter((offset) => offset <= end);
    return boundaries[Math.floor(part * (boundaries.length - 1))]!;
  }
}

/** Where the batches of a file begin, up to the first that is none. */
function batchStarts(bytes: Buffer): number[] {
  const starts: number[] = [];
  const view = new BatchView(bytes);
  while (view.start + 61 <= bytes.length && headerFault(view, Infinity) === undefined) {
    starts.push(view.start);
    view.moveTo(view.start + view.sizeBytes);
  }
  return starts;
}

/** What failed once. */
const formerFailures: [number, Settings, Action[]][] = [
  // A cut to the high watermark, after the deletion of segments that alone told of a producer.
  [
    0,
    { "segment.bytes": 700, "index.interval.bytes": 0, "segment.index.bytes": 40, "file.delete.delay.ms": 0 },
    [
      { type: "append", records: 1, bytes: 0, producer: 0, timestamp: 0 },
      { type: "append", records: 4, bytes: 86, producer: 0, timestamp: 0 },
      { type: "append", records: 1, bytes: 116, producer: 0, timestamp: 0 },
      { type: "flush" },
      { type: "highWatermark", share: 2 / 3 },
      { type: "interrupt", operation: "deleteRecords", share: 0, cause: "killed", afterUs: 2848 },
      { type: "truncate", share: 0 },
    ],
  ],
];

test(`a log holds what its model holds, through crashes at any byte (${runs} runs)`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), settings, fc.array(action, { maxLength: 60, size: "max" }), async (seed, chosen, steps) => {
      // Half of the logs keep no tail, so that every read comes from the segments.
      const tailBytes = seed % 2 === 0 ? "0" : "1000000";
      const configuration = brokerConfiguration({ "millrace.tail.max.bytes": tailBytes });
      const trial = new Trial(await TestBroker.open({ seed, configuration }), chosen);
      await trial.open();
      for (const step of steps) await trial.do(step);
      await trial.broker.world.settle();
      await trial.check();
      expect(trial.broker.failures).toEqual([]);
    }),
    { numRuns: runs, examples: formerFailures },
  );
});
