import * as fc from "fast-check";
import { dayMs, LeaderEpoch, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { cleanLog } from "../src/compaction/clean-log.ts";
import type { PartitionLog } from "../src/log/partition-log.ts";
import { brokerConfiguration } from "../src/testing/index.ts";
import { batch, batchesIn, marker, TestBroker } from "./support/broker.ts";
import { LogModel } from "./support/log-model.ts";
import { readRecords, recordsOf } from "@millrace/records";

const runs = Number(process.env.MILLRACE_MODEL_RUNS ?? 250);

interface Put {
  readonly key: number;
  readonly isTombstone: boolean;
}

type Action =
  | { type: "append"; puts: readonly Put[]; producer: number; isTransactional: boolean }
  | { type: "end"; producer: number; outcome: "commit" | "abort" }
  | { type: "settle" | "highWatermark" | "compact" | "day" | "restart" | "forget" | "roll" }
  | { type: "crash"; cause: "killed" | "power cut"; afterUs: number; isRipe: boolean };

const put = fc.record({ key: fc.integer({ min: 0, max: 5 }), isTombstone: fc.boolean() });
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      type: fc.constant("append" as const),
      puts: fc.array(put, { minLength: 1, maxLength: 4 }),
      producer: fc.integer({ min: -1, max: 2 }),
      isTransactional: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("end" as const),
      producer: fc.integer({ min: 0, max: 2 }),
      outcome: fc.constantFrom("commit" as const, "abort" as const),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      type: fc.constantFrom(
        "settle" as const,
        "highWatermark" as const,
        "compact" as const,
        "compact" as const,
        "day" as const,
        "restart" as const,
        "roll" as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("forget" as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("crash" as const),
      cause: fc.constantFrom("killed" as const, "power cut" as const),
      afterUs: fc.integer({ min: 0, max: 40_000 }),
      isRipe: fc.boolean(),
    }),
  },
);

interface Settings {
  readonly "segment.bytes": number;
  readonly "index.interval.bytes": number;
}

const settings: fc.Arbitrary<Settings> = fc.record({
  "segment.bytes": fc.integer({ min: 500, max: 1500 }),
  "index.interval.bytes": fc.integer({ min: 0, max: 300 }),
});

/** A record that a log took, whatever became of it. */
interface Taken {
  readonly offset: number;
  readonly key: string;
  readonly value: string | null;
}

class Trial {
  readonly broker: TestBroker;
  readonly model = new LogModel();
  readonly #settings: Settings;
  readonly #open = new Map<number, boolean>();
  readonly #sequences = new Map<number, number>();
  log!: PartitionLog;

  constructor(broker: TestBroker, chosen: Settings) {
    this.broker = broker;
    this.#settings = chosen;
  }

  async open(): Promise<void> {
    const all = {
      ...this.#settings,
      "cleanup.policy": ["compact" as const],
      "min.cleanable.dirty.ratio": 1,
      "delete.retention.ms": dayMs,
      "file.delete.delay.ms": 0,
    };
    this.log = (await this.broker.log(all)) as PartitionLog;
  }

  async do(step: Action): Promise<void> {
    const { broker, log } = this;
    switch (step.type) {
      case "append":
        return this.append(step);
      case "end":
        if (!this.#open.delete(step.producer)) return;
        return this.add(marker(step.outcome, step.producer), "marker");
      case "settle":
        return broker.world.settle();
      case "highWatermark":
        return log.highWatermarkIs(log.logEnd);
      case "day":
        return broker.pass(dayMs / 3);
      case "roll":
        return this.roll();
      case "compact":
        await this.makeCompactable();
        await broker.drive(log.flush({ syncIndexes: false }));
        await broker.drive(cleanLog(log, () => false));
        return this.check();
      case "restart":
        await broker.stopAndStart();
        return this.reopened(this.model.end);
      case "forget":
        await broker.drive(log.flush({ syncIndexes: true }));
        await broker.drive(
          broker.directory.state.commit([...broker.directory.state.range({})].map(({ key }) => ({ key, value: undefined }))),
        );
        broker.world.crash("broker", "killed");
        return this.restart(log.logEnd);
      case "crash": {
        if (step.isRipe) await this.makeCompactable();
        const { syncedEnd } = log;
        void log
          .flush({ syncIndexes: false })
          .then(() => cleanLog(log, () => false))
          .catch(() => undefined);
        await broker.pass(step.afterUs / 1000);
        const { logEnd } = log;
        broker.world.crash("broker", step.cause);
        return this.restart(step.cause === "killed" ? logEnd : syncedEnd);
      }
    }
  }

  roll(): void {
    this.add(batch({ keys: ["roll"], values: ["x".repeat(this.#settings["segment.bytes"] - 120)] }), "client");
  }

  /** Everything but the last record lies in sealed segments, below the high watermark. */
  async makeCompactable(): Promise<void> {
    this.roll();
    await this.broker.world.settle();
    this.log.highWatermarkIs(this.log.logEnd);
  }

  async restart(atLeast: number): Promise<void> {
    this.broker.runtime = this.broker.world.restart("broker");
    await this.broker.openDirectory();
    return this.reopened(atLeast);
  }

  append({ puts, producer, isTransactional }: Action & { type: "append" }): void {
    const known = this.#open.get(producer);
    const inTransaction = producer >= 0 && (known ?? isTransactional);
    const baseSequence = producer < 0 ? -1 : (this.#sequences.get(producer) ?? 0);
    const identity = producer < 0 ? {} : { producerId: producer, producerEpoch: 0, baseSequence };
    const values = puts.map(({ isTombstone }, index) => (isTombstone ? null : `v${this.model.end + index}`));
    this.add(batch({ keys: puts.map(({ key }) => `k${key}`), values, ...identity, isTransactional: inTransaction }), "client");
    if (producer >= 0) this.#sequences.set(producer, baseSequence + puts.length);
    if (inTransaction) this.#open.set(producer, true);
  }

  add(bytes: Buffer, origin: "client" | "marker"): void {
    this.log.append(bytes, { origin, leaderEpoch: LeaderEpoch(0) });
    this.model.add(bytes);
  }

  async reopened(atLeast: number): Promise<void> {
    await this.open();
    const { log, model } = this;
    expect(log.logEnd).toBeGreaterThanOrEqual(atLeast);
    model.cutTo(log.logEnd);
    expect(log.logEnd).toBe(model.end);
    log.highWatermarkIs(Offset(Math.min(log.highWatermarkHint, log.logEnd)));
    this.#open.clear();
    this.#sequences.clear();
    for (const known of log.producers()) {
      this.#sequences.set(known.producerId, known.lastSequence + 1);
      if (known.openTransactionFirstOffset !== undefined) this.#open.set(known.producerId, true);
    }
    await this.check();
  }

  /** What is left is what was written; what is gone was superseded, aborted, or a tombstone of old. */
  async check(): Promise<void> {
    const { log, model, broker } = this;
    await broker.world.settle();
    const left = new Map((await broker.keyed(log)).map((record) => [record.offset, record]));
    const aborted = new Set<number>();
    for (const { producerId, firstOffset, lastOffset } of model.aborted()) {
      for (const { bytes } of model.batches) {
        const [view] = batchesIn({ parts: [bytes] } as never);
        if (view!.producerId === producerId && view!.isTransactional && view!.baseOffset >= firstOffset && view!.baseOffset <= lastOffset)
          for (let offset: number = view!.baseOffset; offset < view!.nextOffset; offset++) aborted.add(offset);
      }
    }
    const taken = model.batches.flatMap(({ bytes }) => takenIn(bytes));
    const newest = new Map(taken.filter(({ offset }) => !aborted.has(offset)).map((record) => [record.key, record]));
    for (const record of taken) {
      const found = left.get(record.offset);
      left.delete(record.offset);
      if (found !== undefined) expect(found).toMatchObject({ key: record.key, value: record.value });
      else if (!aborted.has(record.offset) && newest.get(record.key) === record) expect(record.value).toBe(null);
    }
    expect([...left.values()]).toEqual([]);
    const known = log
      .producers()
      .map(({ producerId, lastSequence, openTransactionFirstOffset }) => ({ producerId, lastSequence, openTransactionFirstOffset }));
    const expected = model
      .producers()
      .map(({ producerId, lastSequence, openTransactionFirstOffset }) => ({ producerId, lastSequence, openTransactionFirstOffset }));
    expect(known.toSorted((a, b) => a.producerId - b.producerId)).toEqual(expected);
    await this.checkCommittedReads(aborted);
  }

  /** Whoever filters by the aborted transactions sees no record of one. */
  async checkCommittedReads(aborted: ReadonlySet<number>): Promise<void> {
    const { log, broker } = this;
    const ranges = await broker.drive(log.abortedTransactions(log.logStart, log.logEnd));
    const read = await broker.read(log, log.logStart);
    const filtering = new Set<number>();
    const waiting = ranges.toSorted((a, b) => a.firstOffset - b.firstOffset);
    for (const view of batchesIn(read)) {
      while (waiting[0] !== undefined && waiting[0].firstOffset <= view.baseOffset) filtering.add(waiting.shift()!.producerId);
      if (view.isControl) filtering.delete(view.producerId);
      else if (!(view.isTransactional && filtering.has(view.producerId)))
        for (const { offset } of takenIn(view.bytes.subarray(view.start, view.start + view.sizeBytes)))
          expect(aborted.has(offset)).toBe(false);
    }
  }
}

function takenIn(bytes: Buffer): Taken[] {
  return batchesIn({ parts: [bytes] } as never).flatMap((view) =>
    view.isControl
      ? []
      : Array.from(readRecords(view, recordsOf(view)), ({ offset, key, value }) => ({
          offset,
          key: key!.toString(),
          value: value?.toString() ?? null,
        })),
  );
}

test(`compaction takes nothing but what was superseded, through crashes at any moment (${runs} runs)`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), settings, fc.array(action, { maxLength: 50, size: "max" }), async (seed, chosen, steps) => {
      const configuration = brokerConfiguration({
        "millrace.tail.max.bytes": "0",
        "log.cleaner.enable": "false",
        "producer.id.expiration.ms": "2000000000",
      });
      const trial = new Trial(await TestBroker.open({ seed, configuration }), chosen);
      await trial.open();
      for (const step of steps) await trial.do(step);
      await trial.check();
      expect(trial.broker.failures).toEqual([]);
    }),
    { numRuns: runs },
  );
});
