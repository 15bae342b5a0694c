import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { openLogFile } from "./log-file.ts";
import { pidFile } from "./pid-file.ts";

export interface BrokerProcessOptions {
  readonly id: number;
  /** What the broker keeps, with its `pid` and `broker.log` beside it. */
  readonly directory: string;
  readonly clusterId: string;
  /** `key=value` each. */
  readonly settings: readonly string[];
  readonly logLevel: string;
}

/** How a process ended: its exit code, or the signal. */
export interface End {
  readonly how: string;
  /** undefined where a signal ended it. */
  readonly exitCode: number | undefined;
  /** What it said on its way out, a line each, without the log. */
  readonly lastWords: readonly string[];
}

/** A broker that does not stop when asked is killed after so long. */
export const stopTimeoutMs = 30_000;

/** One life of a broker as a child process. It goes when this process goes, however it does: its channel to it breaks. */
export class BrokerProcess {
  /** Resolves to the addresses that it serves, or to undefined where it ended before. */
  readonly serving: Promise<readonly string[] | undefined>;
  readonly ended: Promise<End>;
  readonly #child: ChildProcess;
  #isPaused = false;

  constructor(options: BrokerProcessOptions) {
    const { directory } = options;
    mkdirSync(directory, { recursive: true });
    const log = openLogFile(directory);
    const child = spawnBroker(options, log.descriptor);
    closeSync(log.descriptor);
    this.#child = child;
    writeFileSync(pidFile(directory), `${child.pid}\n`);
    this.ended = new Promise((resolve) => {
      child.once("exit", (code, signal) => {
        rmSync(pidFile(directory), { force: true });
        resolve({ how: signal ?? `exit code ${code}`, exitCode: code ?? undefined, lastWords: lastWords(log.path, log.fromByte) });
      });
    });
    this.serving = new Promise((resolve) => {
      child.once("message", ({ ready }: { ready: string[] }) => resolve(ready));
      child.once("exit", () => resolve(undefined));
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Lets the process stand still as it is: its connections stay, and answer nothing. */
  pause(): void {
    this.#isPaused = this.#child.kill("SIGSTOP");
  }

  resume(): void {
    this.#child.kill("SIGCONT");
    this.#isPaused = false;
  }

  /** Ends the process as a crash does. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  /** Asks the process to stop in order, and kills it if it does not. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.#child.kill("SIGTERM");
    if (this.#isPaused) this.resume();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), stopTimeoutMs);
    await this.ended;
    clearTimeout(timer);
  }
}

function spawnBroker({ clusterId, settings, logLevel }: BrokerProcessOptions, log: number): ChildProcess {
  const set = settings.flatMap((setting) => ["--set", setting]);
  const args = ["broker", "--format", "--cluster-id", clusterId, "--log-level", logLevel, ...set];
  // The environment of a shell is no configuration of a cluster on one machine: only --set is.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(KAFKA_|MILLRACE_|CLUSTER_ID$)/.test(name)));
  return spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...args], {
    stdio: ["ignore", "ignore", log, "ipc"],
    env: environment,
    // Ctrl-C in a terminal goes to the whole group; this process alone decides what stops when.
    detached: true,
  });
}

/** A log line is a JSON object; whatever else a process writes there is meant for people. */
function lastWords(path: string, fromByte: number): string[] {
  const text = readFileSync(path).subarray(fromByte).toString();
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("{"));
}
