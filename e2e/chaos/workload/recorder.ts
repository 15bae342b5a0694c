import type { Operation, Outcome, Polled, Sent } from "../checker/operations.ts";

/** Processes have so many values each before those of the next begin. */
const valuesPerProcess = 1e9;

/** The value of a record, as a process wrote it: whole, or as `PROCESS.NUMBER`, which is the form of Kafka's verifiable producer. */
export function valueIn(text: string): number {
  const [whole, number] = text.split(".").map(Number) as [number, number?];
  return number === undefined ? whole : whole * valuesPerProcess + number;
}

/** Writes down what processes do, with the clock that all of them share. */
export class Recorder {
  readonly operations: Operation[] = [];
  readonly #startMs: number = performance.now();
  #processes = 0;

  /** Since the history began. */
  get nowMs(): number {
    return performance.now() - this.#startMs;
  }

  /** A new process. */
  process(): Process {
    return new Process(++this.#processes, this);
  }
}

/** One after another sends, or polls, and writes down what came of it. */
export class Process {
  readonly id: number;
  readonly #recorder: Recorder;
  #values = 0;

  constructor(id: number, recorder: Recorder) {
    this.id = id;
    this.#recorder = recorder;
  }

  get nowMs(): number {
    return this.#recorder.nowMs;
  }

  /** A value that nobody else sends. */
  value(): number {
    return this.valueOf(this.#values++);
  }

  /** The value of this number, for a process that counts by itself. */
  valueOf(number: number): number {
    return this.id * valuesPerProcess + number;
  }

  sent(outcome: Outcome, fromMs: number, sends: readonly Sent[]): void {
    if (sends.length > 0) this.#recorder.operations.push({ f: "send", ...this.#done(outcome, fromMs), sends });
  }

  polled(fromMs: number, records: readonly Polled[]): void {
    if (records.length > 0) this.#recorder.operations.push({ f: "poll", ...this.#done("ok", fromMs), records });
  }

  assigned(partitions: readonly number[]): void {
    this.#recorder.operations.push({ f: "assign", ...this.#done("ok", this.nowMs), partitions });
  }

  crashed(): void {
    this.#recorder.operations.push({ f: "crash", ...this.#done("ok", this.nowMs) });
  }

  #done(outcome: Outcome, fromMs: number) {
    return { process: this.id, outcome, fromMs, toMs: this.nowMs };
  }
}
