import type { Kv } from "@millrace/runtime";
import type { Offset } from "@millrace/vocabulary";
import { bytesOfEntry, endOf, type LogEntry } from "./entry.ts";
import { RaftLog } from "./machine/log.ts";
import { endOfSnapshot } from "./snapshot-description.ts";
import { readEntries, type Stored } from "./store.ts";

/** The log that a store holds: what the machine does not keep in memory it reads from there, and throws DATA_DAMAGED where that has rotted. */
export function logOf(kv: Kv, { snapshot, logEnd, runs }: Stored): RaftLog {
  const older = (from: Offset, to: Offset, bytesMax: number) => {
    const entries: LogEntry[] = [];
    let bytes = 0;
    for (let next = from; next < to && (entries.length === 0 || bytes < bytesMax); next = endOf(entries.at(-1)!)) {
      entries.push(readEntries(kv, next, to, 1)[0]!);
      bytes += bytesOfEntry(entries.at(-1)!);
    }
    return entries;
  };
  return new RaftLog({ snapshotEnd: endOfSnapshot(snapshot), snapshotTerm: snapshot.term, end: logEnd, runs, older });
}
