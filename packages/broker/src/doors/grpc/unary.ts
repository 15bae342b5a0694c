import { decodeMessage, type Draft, encodeMessage, type UnaryMethod } from "@millrace/contracts";
import type { PeerCall, PeerMethod } from "@millrace/runtime";
import { anonymous, type RequestContext } from "@millrace/security";
import type { Broker } from "../../broker.ts";
import { Guard, type Guarded } from "../../guard.ts";

/** One call on its way through the door. */
export interface GrpcCall {
  readonly context: RequestContext;
  readonly guard: Guard;
  readonly signal: AbortSignal;
}

/** The header in which a client says what it calls itself. */
const clientIdHeader = "millrace-client-id";
/** Longer names are cut: they end up in descriptions and metrics. */
const clientIdLengthMax = 255;

/** Who calls, as the rest of the broker sees it. */
export function contextOf(broker: Broker, listener: string, call: PeerCall): RequestContext {
  return {
    door: "grpc",
    principal: anonymous,
    listener,
    clientId: (call.headers.get(clientIdHeader) ?? "").slice(0, clientIdLengthMax),
    remote: call.remote,
    local: call.local,
    deadlineMs: call.timeoutMs === undefined ? undefined : broker.clock.monotonicMs() + call.timeoutMs,
  };
}

/** Declares a method of one request and one answer. What it throws ends the call with that code. */
export type Unary = <Request, Response>(
  method: UnaryMethod<Request, Response>,
  guarded: Guarded,
  handle: (request: Request, call: GrpcCall) => Draft<Response> | Promise<Draft<Response>>,
) => PeerMethod;

/** For one listener of one broker. */
export function unaryMethods(broker: Broker, listener: string): Unary {
  return (method, guarded, handle) => ({
    kind: "unary",
    path: method.path,
    async handle(bytes, peer) {
      const finish = broker.requests.begin("grpc", method.path.slice(method.path.lastIndexOf("/") + 1), bytes.length);
      try {
        const context = contextOf(broker, listener, peer);
        const guard = new Guard(guarded, broker, context);
        guard.charge(1);
        const response = encodeMessage(
          method.response,
          await handle(decodeMessage(method.request, bytes), { context, guard, signal: peer.signal }),
        );
        finish({ failed: false, responseBytes: response.length });
        return [response];
      } catch (error) {
        finish({ failed: true, responseBytes: 0 });
        throw error;
      }
    },
  });
}
