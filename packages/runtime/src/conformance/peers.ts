import type { Claim, InWorld } from "./claims.ts";
import { callClaims } from "./peers-calls.ts";
import { connectionClaims } from "./peers-connections.ts";
import { creditClaims } from "./peers-credit.ts";
import { streamClaims } from "./peers-streams.ts";
import type { PeersWorld } from "./peers-world.ts";

/** Everything the Peers port promises, held against one implementation of it. */
export function peersSuite(claim: Claim, inWorld: InWorld<PeersWorld>): void {
  callClaims(claim, inWorld);
  connectionClaims(claim, inWorld);
  streamClaims(claim, inWorld);
  creditClaims(claim, inWorld);
}
