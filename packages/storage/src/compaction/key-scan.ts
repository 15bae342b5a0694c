import { hash } from "node:crypto";
import { BatchView, readRecords } from "@millrace/records";
import type { Task, Work } from "@millrace/runtime";
import { openedRecords } from "../opened-records.ts";
import { hashBytes } from "./offset-map.ts";

/** Of a record: whether it has a key, and whether it has no value. */
export const recordFlags = { hasKey: 1, isTombstone: 2 } as const;

/** The records of some batches, one after the other. */
export interface ScannedKeys {
  /** Records of each batch. */
  readonly counts: Uint32Array;
  /** `hashBytes` for each record; zeros where it has no key. */
  readonly hashes: Buffer;
  readonly offsets: Float64Array;
  readonly flags: Uint8Array;
}

/** Hashes the keys of batches beside the loop. `starts` say where in `chunk` the batches begin. */
export async function scanKeys(work: Work, chunk: Buffer, starts: readonly number[]): Promise<ScannedKeys> {
  const [counts, hashes, offsets, flags] = await work.run(keyScanTask.name, [chunk, bytesOf(Uint32Array.from(starts))]);
  return {
    counts: new Uint32Array(aligned(counts!)),
    hashes: Buffer.from(hashes!.buffer, hashes!.byteOffset, hashes!.length),
    offsets: new Float64Array(aligned(offsets!)),
    flags: flags!,
  };
}

export const keyScanTask: Task = {
  name: "storage.keys",
  run([chunk, starts]) {
    const bytes = Buffer.from(chunk!.buffer, chunk!.byteOffset, chunk!.length);
    const views = Array.from(new Uint32Array(aligned(starts!)), (start) => new BatchView(bytes, start));
    const counts = Uint32Array.from(views, ({ recordCount }) => recordCount);
    const records = counts.reduce((sum, count) => sum + count, 0);
    const found = { hashes: Buffer.alloc(records * hashBytes), offsets: new Float64Array(records), flags: new Uint8Array(records) };
    let number = 0;
    for (const view of views) {
      for (const { key, value, offset } of readRecords(view, openedRecords(view))) {
        if (key !== null) hash("sha512-256", key, "buffer").copy(found.hashes, number * hashBytes, 0, hashBytes);
        found.offsets[number] = offset;
        found.flags[number] = (key === null ? 0 : recordFlags.hasKey) | (value === null ? recordFlags.isTombstone : 0);
        number++;
      }
    }
    return [bytesOf(counts), found.hashes, bytesOf(found.offsets), found.flags];
  },
};

function bytesOf(numbers: Uint32Array | Float64Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** A copy whose memory begins where numbers may begin. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
