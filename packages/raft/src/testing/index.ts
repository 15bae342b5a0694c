/** What tests of the quorum, and of what follows it, need. */

export { MemoryKv } from "./memory-kv.ts";
export { watchedQuorum } from "./watched-quorum.ts";
