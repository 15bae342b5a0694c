/** What each port promises, as suites that run against any implementation of it. For tests only. */

export { elapse, rejection, until } from "./claims.ts";
export type { Claim, InWorld } from "./claims.ts";
export { clockSuite } from "./clock.ts";
export type { ClockWorld } from "./clock.ts";
export { diskSuite } from "./disk.ts";
export type { DiskWorld } from "./disk-world.ts";
export { kvSuite } from "./kv.ts";
export type { KvWorld } from "./kv-world.ts";
export { peersSuite } from "./peers.ts";
export type { PeersWorld } from "./peers-world.ts";
export { randomSuite } from "./random.ts";
export type { RandomWorld } from "./random.ts";
export { openRelay } from "./relay.ts";
export type { Relay } from "./relay.ts";
export { socketsSuite } from "./sockets.ts";
export type { SocketsWorld } from "./sockets-world.ts";
export { conformanceTasks, workSuite } from "./work.ts";
export type { WorkWorld } from "./work.ts";
