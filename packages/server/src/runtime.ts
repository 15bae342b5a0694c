import { replicationMessageBytesMax } from "@millrace/replication";
import { grpcPeers } from "@millrace/rpc";
import type { Runtime } from "@millrace/runtime";
import { growHeapInLargeSteps, type LogLevel, realRuntime } from "@millrace/runtime/real";

/** The bundle's build sets it: workers then run from the bundle too. */
declare global {
  var millraceBundle: boolean | undefined;
}

/** Threads beside the loop: one is enough for compaction, and these machines may have two cores. */
const workers = 1;

/** The real world for one process, whose heap it tunes: log lines for people on a terminal, for programs elsewhere. */
export function runtimeOf({ logLevel }: { logLevel: LogLevel }): Runtime {
  growHeapInLargeSteps();
  const entry = new URL(globalThis.millraceBundle === true ? "./worker.mjs" : "./worker.ts", import.meta.url);
  return realRuntime({
    peers: grpcPeers({ messageBytesMax: replicationMessageBytesMax }),
    log: { level: logLevel, form: process.stderr.isTTY ? "readable" : "json" },
    work: { entry, size: workers },
  });
}
