import { encodeBatch, encodeMarkerBatch, readRecords, recordsOf, BatchView, type RecordToWrite } from "@millrace/records";
import type { Runtime } from "@millrace/runtime";
import { type FaultChanges, type CrashCause, simulatedWorld, type SimulatedLine, type SimulatedWorld } from "@millrace/runtime/simulated";
import { LeaderEpoch, type MillraceError, Offset, type Configuration, TopicId, type TopicSettings } from "@millrace/vocabulary";
import type { Appended, AppendOptions, Log, LogDirectory, LogObserver, LogRead } from "../../src/index.ts";
import { storageTasks } from "../../src/index.ts";
import { openTestDirectory, topicSettings } from "../../src/testing/index.ts";

export const topicId = TopicId("AAAAAAAAAAAAAAAAAAAAAw");

/** What a log told its observer, in order. */
export class Diary implements LogObserver {
  readonly entries: string[] = [];
  written = (): void => void this.entries.push("written");
  synced = (): void => void this.entries.push("synced");
  logStartMoved = (): void => void this.entries.push("logStartMoved");
  failed = (error: MillraceError): void => void this.entries.push(`failed ${error.code}`);
  dropped = (error: MillraceError): void => void this.entries.push(`dropped ${error.code}`);
}

export interface BrokerOptions {
  readonly seed?: number;
  readonly faults?: FaultChanges;
  readonly configuration?: Configuration;
  readonly reserveBytes?: number;
}

/** One broker's directory in a simulated world; time passes only while something of it is awaited. */
export class TestBroker {
  readonly world: SimulatedWorld;
  readonly lines: SimulatedLine[] = [];
  readonly failures: MillraceError[] = [];
  runtime: Runtime;
  directory!: LogDirectory;
  readonly #options: BrokerOptions;

  constructor(options: BrokerOptions = {}) {
    this.#options = options;
    this.world = simulatedWorld(options.seed ?? 1, options.faults, { tasks: storageTasks, log: (line) => this.lines.push(line) });
    this.runtime = this.world.process("broker");
  }

  static async open(options: BrokerOptions = {}): Promise<TestBroker> {
    const broker = new TestBroker(options);
    await broker.openDirectory();
    return broker;
  }

  async openDirectory(): Promise<void> {
    const { configuration, reserveBytes } = this.#options;
    this.directory = await this.world.drive(
      openTestDirectory(this.runtime, {
        onFailure: (error) => this.failures.push(error),
        ...(configuration && { configuration }),
        ...(reserveBytes !== undefined && { reserveBytes }),
      }),
    );
  }

  async log(settings: Partial<TopicSettings> = {}, partition = 0): Promise<Log> {
    const complete = topicSettings(settings);
    return this.world.drive(this.directory.openLog(topicId, partition, () => complete));
  }

  /** Waits for something while time passes. */
  drive<Value>(promise: Promise<Value>): Promise<Value> {
    return this.world.drive(promise);
  }

  /** Lets time pass. */
  async pass(ms: number): Promise<void> {
    await this.world.run(this.world.nowMs + ms);
  }

  async crash(cause: CrashCause = "killed"): Promise<void> {
    this.world.crash("broker", cause);
    this.runtime = this.world.restart("broker");
    await this.openDirectory();
  }

  async stopAndStart(): Promise<void> {
    await this.drive(this.directory.close());
    await this.openDirectory();
  }

  async read(log: Log, from: number, bytesMax = 2 ** 30, upTo: number = log.logEnd): Promise<LogRead> {
    return this.drive(Promise.resolve(log.read(Offset(from), { bytesMax, upTo: Offset(upTo), firstBatchWhole: true })));
  }

  /** Every record of the log, with its key. */
  async keyed(log: Log): Promise<ReadRecord[]> {
    const found: ReadRecord[] = [];
    for (let next: number = log.logStart; next < log.logEnd;) {
      const read = await this.read(log, next);
      if (read.bytes === 0) break;
      found.push(...recordsIn(read));
      next = read.nextOffset;
    }
    return found;
  }

  /** Every record's value as text, with its offset. */
  async records(log: Log, from: number = log.logStart): Promise<string[]> {
    const found: string[] = [];
    for (let next = from; next < log.logEnd;) {
      const read = await this.read(log, next);
      if (read.bytes === 0) break;
      for (const { offset, value } of recordsIn(read)) if (offset >= from) found.push(`${offset} ${value}`);
      next = read.nextOffset;
    }
    return found;
  }
}

export interface ReadRecord {
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly timestamp: number;
}

/** The records of an answer, without control records. */
export function recordsIn(read: LogRead): ReadRecord[] {
  return batchesIn(read).flatMap((view) =>
    view.isControl
      ? []
      : Array.from(readRecords(view, recordsOf(view)), ({ offset, key, value, timestamp }) => ({
          offset,
          key: key?.toString() ?? null,
          value: value?.toString() ?? null,
          timestamp,
        })),
  );
}

export function batchesIn(read: LogRead): BatchView[] {
  const bytes = Buffer.concat(read.parts);
  const views: BatchView[] = [];
  for (let start = 0; start < bytes.length;) {
    const view = new BatchView(bytes, start);
    views.push(view);
    start += view.sizeBytes;
  }
  return views;
}

export interface TestBatch {
  readonly values?: readonly (string | null)[];
  readonly keys?: readonly (string | null)[];
  readonly timestamps?: readonly number[];
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
}

/** A batch of one record a value, as a client sends it. */
export function batch({ values = ["v"], keys = [], timestamps = [], ...options }: TestBatch = {}): Buffer {
  const records = values.map((value, index): RecordToWrite => ({
    key: keys[index] === undefined || keys[index] === null ? null : Buffer.from(keys[index]),
    value: value === null ? null : Buffer.from(value),
    timestamp: timestamps[index] ?? 1_000,
  }));
  return encodeBatch(records, options);
}

export function marker(outcome: "commit" | "abort", producerId: number, producerEpoch = 0, coordinatorEpoch = 0): Buffer {
  return encodeMarkerBatch({ outcome, coordinatorEpoch }, { producerId, producerEpoch, timestamp: 1_000 });
}

export const asClient: AppendOptions = { origin: "client", leaderEpoch: LeaderEpoch(0) };
export const asMarker: AppendOptions = { origin: "marker", leaderEpoch: LeaderEpoch(0) };

/** Appends batches of one record a value, as a client's in epoch 0. */
export function append(log: Log, ...values: string[]): Appended {
  return values.map((value) => log.append(batch({ values: [value] }), asClient)).at(-1)!;
}
