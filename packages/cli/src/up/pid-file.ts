import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the process id of the broker in a directory is, while it runs. */
export function pidFile(directory: string): string {
  return join(directory, "pid");
}

/**
 * The process that runs on a directory, by its pid file: undefined where there is none, or where the file is stale and its number has
 * gone to a process of somebody else. That is told by the command line, which names the directory.
 */
export function runningOn(directory: string): number | undefined {
  const pid = pidIn(pidFile(directory));
  if (pid === undefined) return undefined;
  return commandLine(pid).includes(`log.dirs=${directory}`) ? pid : undefined;
}

function pidIn(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined; // there is none
  }
}

/** The arguments that a process was started with; none where there is no such process, or it is a zombie. */
function commandLine(pid: number): readonly string[] {
  if (process.platform === "linux") return readArguments(pid);
  try {
    return execFileSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
      .trim()
      .split(" ");
  } catch {
    return [];
  }
}

function readArguments(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}
