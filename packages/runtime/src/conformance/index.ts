/** What each port promises, as suites that run against any implementation of it. For tests only. */

export { elapse, rejection, until } from "./claims.ts";
export type { Claim, InWorld } from "./claims.ts";
export { peersSuite } from "./peers.ts";
export type { PeersWorld } from "./peers-world.ts";
export { openRelay } from "./relay.ts";
export type { Relay } from "./relay.ts";
