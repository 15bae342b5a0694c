import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { delimiter } from "node:path";
import { createInterface } from "node:readline";
import { type Artifact, fetchJar } from "./maven.ts";

/** Other people's Java code in a process of its own, behind a source file that answers questions line by line. */
export class JavaPeer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: ((line: string) => void)[] = [];
  #complaints = "";
  #hasEnded = false;

  private constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    createInterface(process.stdout).on("line", (line) => this.#waiting.shift()?.(line));
    process.stderr.on("data", (bytes: Buffer) => (this.#complaints += bytes.toString()));
    process.stdin.on("error", () => {}); // what happened is told by the end of the process
    process.on("close", () => {
      this.#hasEnded = true;
      for (const answer of this.#waiting.splice(0)) answer(this.#ended());
    });
  }

  /** Runs a source file on a class path. A text instead says why that cannot be. */
  static async start(source: string, classPath: readonly Artifact[]): Promise<JavaPeer | string> {
    if (!hasJava()) return "there is no Java that runs a source file";
    const jars = await Promise.all(classPath.map(fetchJar));
    if (jars.includes(undefined)) return "Maven is missing, or reaches no repository";
    return new JavaPeer(spawn("java", ["-Xmx256m", "-cp", jars.join(delimiter), source]));
  }

  /** One line of answer for one of question. */
  ask(question: string): Promise<string> {
    if (this.#hasEnded) return Promise.resolve(this.#ended());
    this.#process.stdin.write(`${question}\n`);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  stop(): void {
    this.#process.kill();
  }

  #ended(): string {
    return `error: the process has ended: ${this.#complaints}`;
  }
}

function hasJava(): boolean {
  try {
    const modules = execFileSync("java", ["--list-modules"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return modules.includes("jdk.compiler");
  } catch {
    return false;
  }
}
