import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "../..");

export interface BrokerProcessOptions {
  /** `key=value` each, beside a free port and a directory of its own. */
  readonly set?: readonly string[];
  /** An existing directory, to start again on it; otherwise a new one. It goes when the process is disposed of. */
  readonly directory?: string;
  /** `host:port`; otherwise a free port. */
  readonly address?: string;
  /** Programs to run the broker under: `["strace", "-f", …]`. */
  readonly under?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What Node runs; the sources of the command line, where this does not say otherwise. */
  readonly entry?: string;
}

/** One broker as a process of its own, from the sources, on a free port. */
export class BrokerProcess {
  readonly directory: string;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  /** `host:port`, once it serves. */
  bootstrap = "";
  /** Resolves when it serves; rejects with what it said where it ended first. */
  readonly serving: Promise<void>;

  private constructor(options: BrokerProcessOptions) {
    this.directory = options.directory ?? mkdtempSync(join(tmpdir(), "millrace-e2e-"));
    const settings = [
      "node.id=1",
      `log.dirs=${join(this.directory, "broker-1")}`,
      `listeners=PLAINTEXT://${options.address ?? "127.0.0.1:0"}`,
      "group.initial.rebalance.delay.ms=0",
      ...(options.set ?? []),
    ];
    const command = [
      ...(options.under ?? []),
      process.execPath,
      options.entry ?? join(root, "packages/cli/src/main.ts"),
      "broker",
      "--format",
      ...settings.flatMap((setting) => ["--set", setting]),
    ];
    this.#child = spawn(command[0]!, command.slice(1), {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env["PATH"], ...options.environment },
    });
    createInterface({ input: this.#child.stderr! }).on("line", (line) => this.#lines.push(line));
    this.serving = this.#ready().then((address) => void (this.bootstrap = address));
    this.serving.catch(() => {}); // whoever waits for it is told
  }

  /** Starts a broker, and waits for nothing. */
  static spawn(options: BrokerProcessOptions = {}): BrokerProcess {
    return new BrokerProcess(options);
  }

  /** Starts a broker and resolves when it serves; rejects with what it said where it ended first. */
  static async start(options: BrokerProcessOptions = {}): Promise<BrokerProcess> {
    const broker = new BrokerProcess(options);
    await broker.serving;
    return broker;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Lines of its log so far. */
  get log(): readonly string[] {
    return this.#lines;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Resolves, when the process has ended, to its exit code or the signal that ended it. */
  get ended(): Promise<number | string> {
    if (this.hasEnded) return Promise.resolve(this.#child.exitCode ?? this.#child.signalCode!);
    return new Promise((resolve) => this.#child.once("exit", (code, signal) => resolve(code ?? signal!)));
  }

  /** Sends a signal and resolves when the process has ended. The directory stays. */
  async kill(signal: "SIGKILL" | "SIGTERM" = "SIGKILL"): Promise<number | string> {
    const { ended } = this;
    this.#child.kill(signal);
    return ended;
  }

  /** Ends the process, and starts another one on what it left, at the same address. */
  async restart(signal: "SIGKILL" | "SIGTERM", options: BrokerProcessOptions = {}): Promise<BrokerProcess> {
    await this.kill(signal);
    return BrokerProcess.start({ address: this.bootstrap, ...options, directory: this.directory });
  }

  /** Stops the process in order and removes its directory. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill("SIGTERM");
    rmSync(this.directory, { recursive: true, force: true });
  }

  #ready(): Promise<string> {
    return new Promise((resolve, reject) => {
      createInterface({ input: this.#child.stdout! }).on("line", (line) => {
        const [, address] = /^ready (\S+)/.exec(line) ?? [];
        if (address !== undefined) resolve(address.split(",")[0]!);
      });
      this.#child.once("exit", (code, signal) => reject(new Error(`the broker ended (${signal ?? code}):\n${this.#lines.join("\n")}`)));
    });
  }
}
