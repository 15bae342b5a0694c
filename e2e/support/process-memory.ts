import { readFileSync } from "node:fs";
import type { BrokerProcess } from "./broker-process.ts";

/**
 * What a broker is started with so that `settledMemory` can ask it to collect its garbage. malloc keeps what was freed in an arena for
 * each thread, and up to eight for each core; with one, the figure is about what is held.
 */
export const collectable: Readonly<Record<string, string>> = { NODE_OPTIONS: "--inspect-port=127.0.0.1:0", MALLOC_ARENA_MAX: "1" };
/** What V8 has freed goes back to the kernel by and by. */
const settleMs = 1_000;

/** Memory of a process, as its kernel counts it. */
export interface ProcessMemory {
  /** Everything resident: VmRSS. */
  readonly residentBytes: number;
  /** Of it, what belongs to no file: the heaps of V8 and of malloc, stacks, buffers. */
  readonly anonymousBytes: number;
}

/**
 * The resident memory of a broker once its garbage is collected. What is collectable is no growth: without a collection the figure
 * would say how lately one ran. The collection is asked for from outside, by the debugger that Node opens on SIGUSR1, so that the
 * process is the one that people run. What stays is what is held, by V8 and by native code alike, and malloc's own waste.
 */
export async function settledMemory(broker: BrokerProcess): Promise<ProcessMemory> {
  await collectGarbage(await debuggerOf(broker));
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  return memoryOf(broker.pid);
}

/** Where the debugger listens, from the first call on. */
async function debuggerOf(broker: BrokerProcess): Promise<string> {
  process.kill(broker.pid, "SIGUSR1");
  for (;;) {
    const line = broker.log.find((text) => text.startsWith("Debugger listening on ")) ?? "";
    if (line !== "") return line.slice(line.indexOf("ws:"));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The resident memory of a process now. */
function memoryOf(pid: number): ProcessMemory {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const bytesOf = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) * 1024;
  return { residentBytes: bytesOf("VmRSS"), anonymousBytes: bytesOf("RssAnon") };
}

/** Twice: finalizers of the first collection free what the second one takes. */
async function collectGarbage(address: string): Promise<void> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", () => reject(new Error(`no debugger at ${address}`)));
  });
  for (const id of [1, 2]) {
    const answered = new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));
    socket.send(JSON.stringify({ id, method: "HeapProfiler.collectGarbage" }));
    await answered;
  }
  socket.close();
}
