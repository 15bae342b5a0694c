import { execFileSync, spawn } from "node:child_process";

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs a program to its end, with `input` on its stdin. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: { input?: Uint8Array | string; environment?: Record<string, string>; timeoutMs?: number; directory?: string } = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...options.environment },
      cwd: options.directory,
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? 90_000);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
    });
    child.stdin.on("error", () => {}); // it may end without reading all of it
    child.stdin.end(options.input);
  });
}

/** Whether a program can be run here. */
export function hasProgram(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args.length > 0 ? args : ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
