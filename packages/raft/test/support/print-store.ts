import { HardState } from "@millrace/contracts/raft";
import type { KvChange } from "@millrace/runtime";
import { decodeEntry, type EntryPayload } from "../../src/entry.ts";
import { offsetOf } from "../../src/keys.ts";
import { readSnapshot } from "../../src/store.ts";
import type { MemoryKv } from "../../src/testing/index.ts";
import { printSet } from "./print-machine.ts";

/** What a store holds, a line for each key. */
export function printStore(kv: MemoryKv): string[] {
  return kv.entries().map(([key, value]) => (key.toString() === "s" ? printSnapshot(kv) : printChange({ key, value })));
}

function printSnapshot(kv: MemoryKv): string {
  const { offset, term, set, chunks, bytes } = readSnapshot(kv);
  return `snapshot offset=${offset} term=${term} voters=${printSet(set)} chunks=${chunks} bytes=${bytes}`;
}

/** One change, as a story shows it. */
export function printChange({ key, value }: KvChange): string {
  const bytes = Buffer.from(key);
  const kind = bytes.toString("latin1", 0, 1);
  if (value === undefined) return `remove ${kind === "f" || kind === "h" || kind === "s" ? kind : `${kind} ${offsetOf(bytes)}`}`;
  const stored = Buffer.from(value);
  switch (kind) {
    case "c":
      return `chunk offset=${offsetOf(bytes)} index=${bytes.readUInt32BE(9)} ${stored}`;
    case "l":
      return printEntry(bytes, stored);
    case "h": {
      const { term, vote } = HardState.decode(stored);
      return `hard-state term=${term} vote=${vote?.nodeId ?? "none"}`;
    }
    default:
      return kind === "f" ? "format" : "snapshot";
  }
}

function printEntry(key: Buffer, value: Buffer): string {
  const { offset, term, payload } = decodeEntry(offsetOf(key), value);
  return `entry offset=${offset} term=${term} ${printPayload(payload)}`;
}

function printPayload(payload: EntryPayload): string {
  switch (payload.kind) {
    case "records":
      return payload.records.join(" ");
    case "leaderChange":
      return "leader-change";
    case "voterSet":
      return `voters=${printSet(payload.set)}`;
  }
}
