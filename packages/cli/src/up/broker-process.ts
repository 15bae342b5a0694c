import { type ChildProcess, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface BrokerProcessOptions {
  readonly id: number;
  readonly directory: string;
  /** `key=value` each. */
  readonly settings: readonly string[];
  readonly logLevel: string;
}

/** A broker that does not stop when asked is killed after so long. */
const stopTimeoutMs = 30_000;

/** One broker as a child process. It goes when this process goes: its channel to it breaks. */
export class BrokerProcess {
  readonly id: number;
  readonly #options: BrokerProcessOptions;
  #child: ChildProcess | undefined;
  #ended: Promise<string> = Promise.resolve("not started");
  #isStopping = false;
  #hasPidFile = false;

  constructor(options: BrokerProcessOptions) {
    this.id = options.id;
    this.#options = options;
  }

  /** Resolves, when the process has ended, to how. */
  get ended(): Promise<string> {
    return this.#ended;
  }

  /** Whether somebody asked for its end. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Starts the process and resolves to the addresses it serves, or to `died`. */
  start(): Promise<string[] | "died"> {
    const { id, directory, settings, logLevel } = this.#options;
    const own = [`node.id=${id}`, `log.dirs=${directory}`, ...settings];
    const args = ["broker", "--format", "--log-level", logLevel, ...own.flatMap((setting) => ["--set", setting])];
    // The environment of a shell is no configuration of a cluster on one machine: only --set is.
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(KAFKA_|MILLRACE_|CLUSTER_ID$)/.test(name)));
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...args], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: environment,
      // Ctrl-C in a terminal goes to the whole group; this process alone decides what stops when.
      detached: true,
    });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once("exit", (code, signal) => {
        if (this.#hasPidFile) rmSync(this.#pidFile, { force: true });
        this.#hasPidFile = false;
        resolve(signal ?? `exit code ${code}`);
      });
    });
    return new Promise((resolve) => {
      child.once("exit", () => resolve("died"));
      child.once("message", (message: { ready: string[] }) => {
        writeFileSync(this.#pidFile, `${child.pid}\n`);
        this.#hasPidFile = true;
        resolve(message.ready);
      });
    });
  }

  /** Asks the process to stop, and kills it if it does not. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
    await this.#ended;
    clearTimeout(timer);
  }

  get #pidFile(): string {
    return join(this.#options.directory, "pid");
  }
}
