import { decodeMessage, type Draft, encodeMessage, type UnaryMethod } from "@millrace/contracts";
import type { CallOptions, PeerCall, PeerChannel, PeerMethod } from "@millrace/runtime";

/** Calls a method of a contract. Rejects as `PeerChannel.call` does, and with INVALID_REQUEST where the answer is no such message. */
export async function callMethod<Request, Response>(
  channel: PeerChannel,
  method: UnaryMethod<Request, Response>,
  request: Draft<Request>,
  options: CallOptions,
): Promise<Response> {
  const answer = await channel.call(method.path, [encodeMessage(method.request, request)], options);
  return decodeMessage(method.response, answer);
}

/** Serves a method of a contract; a request that is no such message is answered with INVALID_REQUEST. */
export function serveMethod<Request, Response>(
  method: UnaryMethod<Request, Response>,
  handle: (request: Request, call: PeerCall) => Promise<Draft<Response>>,
): PeerMethod {
  return {
    kind: "unary",
    path: method.path,
    handle: async (request, call) => [encodeMessage(method.response, await handle(decodeMessage(method.request, request), call))],
  };
}
