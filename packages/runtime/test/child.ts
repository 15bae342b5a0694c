import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Whether system calls can be watched, and made to fail. */
export const hasStrace: boolean = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]).status === 0;

/** A process of its own that runs one of `processes/`, and tells what happens to it in lines on its standard output. */
export class Child {
  readonly process: ChildProcess;
  readonly lines: string[] = [];
  #errors = "";
  #waiting: (() => void)[] = [];
  #isOver = false;

  /** @param before a program and its arguments to run the process under, as strace */
  constructor(name: string, args: readonly string[], before: readonly string[] = []) {
    const script = fileURLToPath(new URL(`./processes/${name}.ts`, import.meta.url));
    const [program, ...rest] = [...before, process.execPath, script, ...args];
    // A group of its own, so that what it runs under and what it runs are killed together; it ends with its standard input too.
    this.process = spawn(program!, rest, { stdio: ["pipe", "pipe", "pipe"], detached: true });
    this.process.stdout!.setEncoding("utf8").on("data", (text: string) => {
      this.lines.push(...text.split("\n").filter((line) => line !== ""));
      this.#wake();
    });
    this.process.stderr!.setEncoding("utf8").on("data", (text: string) => void (this.#errors += text));
    this.process.on("close", () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  /** What it wrote to its standard error. */
  get errors(): string {
    return this.#errors;
  }

  /** Resolves once it has written this line; rejects when it ended without. */
  async told(line: string): Promise<void> {
    await this.#until(() => this.lines.includes(line) || this.#isOver);
    if (!this.lines.includes(line)) throw new Error(`the process ended and never told ${line}: ${this.lines.join(", ")}\n${this.#errors}`);
  }

  /** Resolves to the last line, once it has ended by itself. */
  async ended(): Promise<string> {
    await this.#until(() => this.#isOver);
    return this.lines.at(-1) ?? `(nothing)\n${this.#errors}`;
  }

  /** Kills it as `kill -9` does. */
  async kill(): Promise<void> {
    const isRunning = this.process.exitCode === null && this.process.signalCode === null;
    if (isRunning) process.kill(-this.process.pid!, "SIGKILL");
    await this.#until(() => this.#isOver);
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
