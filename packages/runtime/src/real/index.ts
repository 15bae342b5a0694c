/** The real world: every port on Node and the machine. */

// For whoever starts a process.
export { realRuntime } from "./runtime.ts";
export type { RealRuntimeOptions } from "./runtime.ts";
export type { LogLevel, LogOptions } from "./logger.ts";
export type { WorkOptions } from "./work.ts";
export { growHeapInLargeSteps } from "./heap.ts";
// For the entry of a worker thread.
export { serveTasks } from "./serve-tasks.ts";
// For a listener that accepts connections itself.
export { realSocket } from "./socket.ts";
// One port alone, for tests that replace the others.
export { realClock } from "./clock.ts";
export { RealDisk } from "./disk.ts";
export { realHost } from "./host.ts";
export { RealKvStores } from "./kv.ts";
export { realLogger } from "./logger.ts";
export { realRandom } from "./random.ts";
export { realSockets } from "./sockets.ts";
export { RealWork } from "./work.ts";
