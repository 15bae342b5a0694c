import type { Address } from "@millrace/runtime";
import type { Principal } from "./principal.ts";

/** Who asks, through which door, and until when: every door builds one for every request. */
export interface RequestContext {
  readonly door: "kafka" | "grpc" | "http";
  readonly principal: Principal;
  /** Name of the listener: `PLAINTEXT`. */
  readonly listener: string;
  /** What the client calls itself; empty where it says nothing. */
  readonly clientId: string;
  readonly remote: Address;
  /** The address that the client dialled: what it is told of this broker where no advertised listener is set. */
  readonly local: Address;
  /** Monotonic time after which nobody waits for the answer; undefined: the request does not say. */
  readonly deadlineMs: number | undefined;
}
