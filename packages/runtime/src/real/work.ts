import { Worker } from "node:worker_threads";
import { assert, AssertionBroken, MillraceError } from "@millrace/vocabulary";
import { movable, movedMemory } from "../movable.ts";
import type { Work } from "../ports/work.ts";
import type { WorkAnswer, WorkFailure, WorkRequest } from "./work-messages.ts";

export interface WorkOptions {
  /** The module that a thread runs: it calls `serveTasks`. */
  readonly entry: URL;
  /** Threads that may run at once; each is started when it is first needed. */
  readonly size: number;
}

interface Job {
  readonly request: WorkRequest;
  readonly resolve: (output: Uint8Array[]) => void;
  readonly reject: (error: Error) => void;
}

/** Tasks on worker threads: one at a time on each, the others wait in order. */
export class RealWork implements Work {
  readonly #options: WorkOptions;
  readonly #threads = new Set<Thread>();
  readonly #waiting = new Set<Job>();
  #closed: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor(options: WorkOptions) {
    assert(options.size >= 1, "a pool has at least one thread", { size: options.size });
    this.#options = options;
  }

  run(task: string, input: readonly Uint8Array[], options: { transfer?: boolean } = {}): Promise<Uint8Array[]> {
    if (this.#closed !== undefined) return Promise.reject(new MillraceError("CLOSED", { task }));
    return new Promise((resolve, reject) => {
      this.#waiting.add({ request: { task, input: input.map((chunk) => movable(chunk, options.transfer === true)) }, resolve, reject });
      this.#assign();
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    if (this.#waiting.size > 0 || [...this.#threads].some((thread) => thread.isBusy))
      await new Promise<void>((resolve) => void (this.#onIdle = resolve));
    await Promise.all([...this.#threads].map((thread) => thread.stop()));
  }

  /** Gives waiting jobs to free threads, in order; starts threads while there may be more. */
  #assign(): void {
    for (const job of this.#waiting) {
      const thread = this.#freeThread();
      if (thread === undefined) return;
      this.#waiting.delete(job);
      thread.take(job);
    }
    if (![...this.#threads].some((thread) => thread.isBusy)) this.#onIdle?.();
  }

  #freeThread(): Thread | undefined {
    for (const thread of this.#threads) if (!thread.isBusy) return thread;
    if (this.#threads.size === this.#options.size) return undefined;
    const thread = new Thread(
      this.#options.entry,
      () => this.#assign(),
      () => {
        this.#threads.delete(thread);
        this.#assign();
      },
    );
    this.#threads.add(thread);
    return thread;
  }
}

/** One worker thread. It keeps the process alive only while it has a job. */
class Thread {
  readonly #worker: Worker;
  readonly #onFree: () => void;
  #job: Job | undefined;
  #failure: unknown;

  constructor(entry: URL, onFree: () => void, onDeath: () => void) {
    this.#worker = new Worker(entry, { name: "millrace-work" });
    this.#onFree = onFree;
    this.#worker.on("message", (answer: WorkAnswer) => this.#answered(answer));
    this.#worker.on("error", (error) => void (this.#failure = error));
    this.#worker.on("exit", (exitCode) => {
      this.#endJob()?.reject(new Error(`a worker thread died with exit code ${exitCode}`, { cause: this.#failure }));
      onDeath();
    });
    this.#worker.unref();
  }

  get isBusy(): boolean {
    return this.#job !== undefined;
  }

  take(job: Job): void {
    this.#job = job;
    this.#worker.ref();
    this.#worker.postMessage(job.request, movedMemory(job.request.input));
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #answered(answer: WorkAnswer): void {
    const job = this.#endJob();
    assert(job !== undefined, "a thread answers only what it was asked");
    if ("output" in answer) job.resolve(answer.output);
    else job.reject(errorOf(answer));
    this.#onFree();
  }

  #endJob(): Job | undefined {
    const job = this.#job;
    this.#job = undefined;
    this.#worker.unref();
    return job;
  }
}

/** What the task threw, as well as it can be told in another thread. */
function errorOf({ kind, code, facts, message }: WorkFailure): Error {
  if (kind === "millrace") return new MillraceError(code, facts);
  if (kind === "assertion") return new AssertionBroken("a task keeps its own rules", { message });
  return new Error(message);
}
