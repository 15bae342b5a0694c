import { fstatSync, openSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { MiB } from "@millrace/vocabulary";

/** A longer log is put aside when its broker starts, so that at most two of about this size are kept. */
const bytesMax: number = 16 * MiB;

export interface LogFile {
  readonly path: string;
  /** For the process that writes it; to be closed here once it has it. */
  readonly descriptor: number;
  /** Where the lines of this start begin. */
  readonly fromByte: number;
}

/** Where the log of a broker in this directory is. */
export function logPath(directory: string): string {
  return join(directory, "broker.log");
}

/** Opens the log of a broker, to be written on. A file, and no pipe: what a broker says outlives whoever started it. */
export function openLogFile(directory: string): LogFile {
  const path = logPath(directory);
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > bytesMax) renameSync(path, `${path}.1`);
  const descriptor = openSync(path, "a");
  return { path, descriptor, fromByte: fstatSync(descriptor).size };
}
