import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { serves } from "../../e2e/support/serving.ts";
import type { Competitor } from "./alternation.ts";
import type { Peer } from "./peer.ts";
import { processFigures, type ProcessFigures, together } from "./process-figures.ts";

/** A virtual machine that starts on a busy machine takes a while. */
const startMaxMs = 60_000;
/** After so long a process that was asked to stop is killed. */
const stopMaxMs = 30_000;
/** Lines of its stderr that are kept, to be shown where it ends by itself. */
const linesKept = 20;

/** A broker that runs. It ends at the latest with this process. */
export class PeerProcess implements Competitor {
  readonly peer: Peer;
  readonly #child: ChildProcess;
  #said: string[] = [];

  private constructor(peer: Peer) {
    this.peer = peer;
    const [program, ...args] = peer.command;
    this.#child = spawn(program!, args, { stdio: ["ignore", "ignore", "pipe"] });
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.#said = [...this.#said, ...text.split("\n")].slice(-linesKept);
    });
    process.prependOnceListener("exit", this.#kill); // before its folder goes, or it would write there again
  }

  /** Starts the process, and waits for nothing. */
  static spawn(peer: Peer): PeerProcess {
    return new PeerProcess(peer);
  }

  /** Starts the process and resolves when it serves. */
  static async start(peer: Peer): Promise<PeerProcess> {
    const running = new PeerProcess(peer);
    await running.serving();
    return running;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get name(): string {
    return this.peer.name;
  }

  get bootstrap(): string {
    return this.peer.bootstrap;
  }

  get cpuMs(): number {
    return this.figures.cpuMs;
  }

  get figures(): ProcessFigures {
    this.checkAlive();
    return together((this.peer.brokerPids?.() ?? [this.pid]).map(processFigures));
  }

  /** Throws, with the last it said, when the process has ended. */
  checkAlive(): void {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) return;
    throw new Error(`${this.peer.name} ended (${signalCode ?? exitCode}):\n${this.#said.join("\n")}`);
  }

  /** Resolves when each broker serves. */
  async serving(): Promise<void> {
    const waiting = this.peer.bootstrap.split(",");
    for (const startMs = performance.now(); performance.now() - startMs < startMaxMs; await sleep(20)) {
      this.checkAlive();
      while (waiting.length > 0 && (await serves(waiting[0]!))) waiting.shift();
      if (waiting.length === 0) return;
    }
    throw new Error(`${this.peer.name} does not serve after ${startMaxMs} ms:\n${this.#said.join("\n")}`);
  }

  /** Stops the process: in order, or as a crash would. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    process.off("exit", this.#kill);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    const killing = setTimeout(this.#kill, stopMaxMs);
    this.#child.kill(signal);
    await ended;
    clearTimeout(killing);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  readonly #kill = (): void => {
    this.#child.kill("SIGKILL");
  };
}
