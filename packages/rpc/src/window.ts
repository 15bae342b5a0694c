import type { ServerInterceptor } from "@grpc/grpc-js";
import type { ServerHttp2Session, ServerHttp2Stream } from "node:http2";

/**
 * Raises the receive window of connections that a server accepted. grpc-js has an option for it, which its server passes
 * over: HTTP/2's 65,535 bytes stay, and a producer 5 ms away gets no more than 13 MB/s through. So the first call of a connection,
 * which is where grpc-js lets one in, raises the window of the connection and announces that of its streams, those that are open included.
 */
export function windowRaiser(windowBytes: number): ServerInterceptor {
  const raised = new WeakSet<ServerHttp2Session>();
  return (_, call) => {
    const session = sessionOf(call);
    if (session !== undefined && !session.destroyed && !raised.has(session)) {
      raised.add(session);
      session.setLocalWindowSize(windowBytes);
      session.settings({ initialWindowSize: windowBytes });
    }
    return call as ReturnType<ServerInterceptor>;
  };
}

/** The stream is private to grpc-js's call; should it move, a test tells that windows are small again. */
function sessionOf(call: object): ServerHttp2Session | undefined {
  const { stream } = call as { stream?: ServerHttp2Stream };
  return stream?.session as ServerHttp2Session | undefined;
}
