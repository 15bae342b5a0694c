import type { ApiName, RequestOf, ResponseOf } from "@millrace/protocol";
import type { RequestContext } from "@millrace/security";
import type { Guard, Guarded } from "../../guard.ts";

/** One request on its way through the door. */
export interface KafkaCall {
  readonly version: number;
  readonly context: RequestContext;
  readonly guard: Guard;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}

/** Answers one API. Undefined: no answer is sent. What it throws closes the connection, so it throws only for bugs. */
export interface KafkaHandler<Name extends ApiName = ApiName> {
  readonly name: Name;
  readonly guarded: Guarded;
  readonly handle: (request: RequestOf<Name>, call: KafkaCall) => ResponseOf<Name> | undefined | Promise<ResponseOf<Name> | undefined>;
}

/** Declares a handler: its types follow from the API's name. */
export function handler<Name extends ApiName>(name: Name, guarded: Guarded, handle: KafkaHandler<Name>["handle"]): KafkaHandler<Name> {
  return { name, guarded, handle };
}
