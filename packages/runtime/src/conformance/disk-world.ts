import { strict as assert } from "node:assert";
import type { ErrorCode } from "@millrace/vocabulary";
import type { Disk, DiskFile } from "../ports/disk.ts";
import { rejection } from "./claims.ts";

export interface DiskWorld {
  readonly disk: Disk;
  /** An empty directory of its own. */
  readonly directory: string;
}

/** A new file with this content, open for writing. */
export async function fileWith(world: DiskWorld, name: string, content: string): Promise<DiskFile> {
  const file = await world.disk.open(`${world.directory}/${name}`, "create");
  await file.write([Buffer.from(content)], 0);
  return file;
}

/** Everything in a file. */
export async function contentOf(file: DiskFile): Promise<string> {
  const into = Buffer.alloc(await file.size());
  const bytes = await file.read(into, 0);
  return into.subarray(0, bytes).toString("latin1");
}

/** Fails unless the operation rejects with facts that say what was done where, and what the kernel answered. */
export async function refusal(promise: Promise<unknown>, operation: string, path: string, errno: string, code: ErrorCode = "DISK_FAILED") {
  const { facts } = await rejection(promise, code);
  assert.deepEqual({ ...facts }, { operation, path, errno });
}
