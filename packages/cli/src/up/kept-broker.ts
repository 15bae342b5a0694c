import { MillraceError } from "@millrace/vocabulary";
import { BrokerProcess, type BrokerProcessOptions, type End } from "./broker-process.ts";
import { logPath } from "./log-file.ts";

/** A broker that dies by itself is started again after so long. */
const restartDelayMs = 3_000;

export interface KeptBrokerOptions extends BrokerProcessOptions {
  /** Told what happens, a sentence each. */
  readonly say: (text: string) => void;
}

/**
 * A broker that is started again whenever it dies by itself. One that was killed by order stays down, and one that was paused stands
 * still, until the order to go on.
 */
export class KeptBroker {
  readonly id: number;
  readonly #options: KeptBrokerOptions;
  #process: BrokerProcess | undefined;
  /** Only while it is to `run` an end is a surprise: a first start that fails is told, and an end that was asked for is none. */
  #wish: "start" | "run" | "down" = "start";
  #restart: NodeJS.Timeout | undefined;

  constructor(options: KeptBrokerOptions) {
    this.id = options.id;
    this.#options = options;
  }

  /** Starts the broker for the first time. Resolves to its addresses, or to how it ended; it is kept from then on. */
  async begin(): Promise<readonly string[] | End> {
    const process = this.#spawn();
    const addresses = await process.serving;
    if (addresses === undefined) return process.ended;
    if (this.#wish === "start") this.#wish = "run";
    return addresses;
  }

  /** Kills the process as a crash does. It stays down until `restart`. */
  async kill(): Promise<string> {
    this.#wish = "down";
    clearTimeout(this.#restart);
    if (this.#running === undefined) return `broker ${this.id} is down already`;
    const { pid } = this.#running;
    await this.#running.kill();
    return `broker ${this.id} (pid ${pid}) is killed; millrace restart ${this.id} starts it again`;
  }

  /** Lets the process stand still. BROKER_NOT_AVAILABLE where it does not run. */
  pause(): string {
    const process = this.#running;
    if (process === undefined) throw new MillraceError("BROKER_NOT_AVAILABLE", { broker: this.id });
    process.pause();
    return `broker ${this.id} (pid ${process.pid}) stands still; millrace restart ${this.id} lets it go on`;
  }

  /** Lets a paused broker go on, starts one that is down, and stops and starts one that runs. Resolves when it serves. */
  async restart(): Promise<string> {
    const process = this.#running;
    if (process?.isPaused) {
      process.resume();
      return `broker ${this.id} (pid ${process.pid}) goes on`;
    }
    this.#wish = "start";
    clearTimeout(this.#restart);
    await process?.stop();
    const next = this.#spawn();
    this.#wish = "run";
    if ((await next.serving) === undefined)
      throw new MillraceError("BROKER_NOT_AVAILABLE", { broker: this.id, ended: (await next.ended).how, log: this.#log });
    return `broker ${this.id} (pid ${next.pid}) serves`;
  }

  /** Stops the process in order, for good. */
  async stop(): Promise<void> {
    this.#wish = "down";
    clearTimeout(this.#restart);
    await this.#process?.stop();
  }

  get #running(): BrokerProcess | undefined {
    return this.#process?.hasEnded === false ? this.#process : undefined;
  }

  get #log(): string {
    return logPath(this.#options.directory);
  }

  #spawn(): BrokerProcess {
    const process = new BrokerProcess(this.#options);
    this.#process = process;
    void process.ended.then((end) => {
      if (this.#process === process && this.#wish === "run") this.#startLater(end);
    });
    return process;
  }

  #startLater({ how, lastWords }: End): void {
    const { say } = this.#options;
    for (const line of lastWords) say(`broker ${this.id}: ${line}`);
    say(`broker ${this.id} has ended by itself (${how}; ${this.#log}); it starts again in ${restartDelayMs / 1000} s`);
    this.#restart = setTimeout(() => void this.#startAgain(), restartDelayMs);
  }

  async #startAgain(): Promise<void> {
    const process = this.#spawn();
    if ((await process.serving) !== undefined) this.#options.say(`broker ${this.id} (pid ${process.pid}) serves again`);
  }
}
