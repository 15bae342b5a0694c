import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { type CommandResult, runCommand } from "./command.ts";

/** The command line, from the sources. */
export const millraceMain: string = join(import.meta.dirname, "../../packages/cli/src/main.ts");

export interface MillraceResult extends Omit<CommandResult, "stdout"> {
  /** Bytes as they came. */
  readonly bytes: Buffer;
  /** The same as text. */
  readonly stdout: string;
}

/** Commands that talk to one cluster. */
export class Millrace {
  readonly #environment: Record<string, string>;

  /** @param bootstrap `host:port` */
  constructor(bootstrap: string) {
    this.#environment = { MILLRACE_BOOTSTRAP: bootstrap };
  }

  /** Runs a command to its end: its words as one text, where none holds a space, or one by one. */
  async run(line: string | readonly string[], input: Uint8Array | string = ""): Promise<MillraceResult> {
    const { stdout, ...result } = await runCommand(process.execPath, [millraceMain, ...wordsOf(line)], {
      input,
      environment: this.#environment,
    });
    return { ...result, bytes: stdout, stdout: stdout.toString() };
  }

  /** Runs a command that is expected to succeed, and gives what it printed as JSON. */
  async json<Value>(line: string | readonly string[], input: Uint8Array | string = ""): Promise<Value> {
    const { code, stdout, stderr } = await this.run(line, input);
    if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
    return JSON.parse(stdout) as Value;
  }

  /** Starts a command. */
  spawn(line: string | readonly string[]): ChildProcess {
    return spawn(process.execPath, [millraceMain, ...wordsOf(line)], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...this.#environment },
    });
  }
}

function wordsOf(line: string | readonly string[]): readonly string[] {
  return typeof line === "string" ? line.split(" ") : line;
}
