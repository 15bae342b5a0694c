import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Millrace, millraceMain, type MillraceResult } from "./millrace.ts";

export interface LocalClusterOptions {
  readonly brokers?: number;
  /** Of the first broker; free ones, where it is not given. */
  readonly port?: number;
  /** An existing directory, which stays afterwards; otherwise a new one that goes. */
  readonly data?: string;
  /** `key=value` each, for all brokers. */
  readonly set?: readonly string[];
  /** What Node runs; the sources of the command line, where this does not say otherwise. */
  readonly entry?: string;
}

/** `millrace up` as a process: a cluster of real brokers on free ports. */
export class LocalCluster {
  readonly data: string;
  readonly #child: ChildProcess;
  readonly #isOwnData: boolean;
  /** Lines of its stderr so far. */
  readonly said: string[] = [];
  /** Lines of its stdout so far. */
  readonly printed: string[] = [];
  readonly ended: Promise<number | string>;
  #noticed: (() => void)[] = [];

  private constructor({ brokers, port = 0, data, set = [], entry = millraceMain }: LocalClusterOptions) {
    this.#isOwnData = data === undefined;
    this.data = data ?? mkdtempSync(join(tmpdir(), "millrace-up-"));
    const count = brokers === undefined ? [] : ["--brokers", String(brokers)];
    const settings = set.flatMap((setting) => ["--set", setting]);
    const args = [entry, "up", ...count, "--port", String(port), "--data", this.data, ...settings];
    this.#child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env["PATH"] } });
    this.ended = new Promise((resolve) => this.#child.once("close", (code, signal) => resolve(code ?? signal!)));
    this.#keep(this.#child.stdout!, this.printed);
    this.#keep(this.#child.stderr!, this.said);
    void this.ended.then(() => this.#notify());
  }

  /** Starts the command, and waits for nothing. */
  static spawn(options: LocalClusterOptions = {}): LocalCluster {
    return new LocalCluster(options);
  }

  /** Starts a cluster and resolves when all its brokers serve. Rejects with what was said where it ends before. */
  static async start(options: LocalClusterOptions = {}): Promise<LocalCluster> {
    const cluster = new LocalCluster(options);
    await cluster.until(() => cluster.printed.some((line) => line.startsWith("ready ")));
    return cluster;
  }

  /** `host:port` of each broker, by the line that said that they serve. */
  get addresses(): string[] {
    return this.printed[0]!.split(" ")[1]!.split(",");
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Commands that talk to this cluster. */
  get millrace(): Millrace {
    return new Millrace(this.addresses.join(","));
  }

  /** The process of a broker; undefined while none runs. */
  brokerPid(id: number): number | undefined {
    const path = join(this.brokerDirectory(id), "pid");
    return existsSync(path) ? Number(readFileSync(path, "utf8")) : undefined;
  }

  brokerDirectory(id: number): string {
    return join(this.data, `broker-${id}`);
  }

  /** Runs `millrace kill|pause|restart N` for this cluster. */
  order(verb: "kill" | "pause" | "restart", id: number): Promise<MillraceResult> {
    return new Millrace("").run([verb, String(id), "--data", this.data]);
  }

  /** Resolves when a line was said that holds the text. */
  async hears(text: string): Promise<void> {
    await this.until(() => this.said.some((line) => line.includes(text)));
  }

  /** Resolves when this is so, asked at every line. Rejects when the command ends before. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw new Error(`millrace up ended:\n${this.said.join("\n")}`);
      await new Promise<void>((resolve) => this.#noticed.push(resolve));
    }
  }

  /** Sends the command a signal and resolves, when it has ended, to its exit code or the signal that ended it. */
  stop(signal: "SIGTERM" | "SIGINT" | "SIGKILL" = "SIGTERM"): Promise<number | string> {
    this.#child.kill(signal);
    return this.ended;
  }

  /** Stops everything in order and removes the data. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    if (this.#isOwnData) rmSync(this.data, { recursive: true, force: true });
  }

  #keep(stream: NodeJS.ReadableStream, lines: string[]): void {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      this.#notify();
    });
  }

  #notify(): void {
    for (const notice of this.#noticed.splice(0)) notice();
  }
}
