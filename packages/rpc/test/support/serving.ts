import { grpcPeers, type RpcOptions } from "@millrace/rpc";
import type { PeerChannel, PeerListener, PeerMethod } from "@millrace/runtime";

export const path = "/millrace.test.v1.Test/Do";
export const streamPath = "/millrace.test.v1.Test/Stream";

/** A listener and a channel to it, which go when the test is done with them. */
export interface Serving extends AsyncDisposable {
  readonly listener: PeerListener;
  readonly channel: PeerChannel;
}

/** Serves the methods, by default one that answers with its request. */
export async function serving(methods: readonly PeerMethod[] = [echo], options: RpcOptions = {}): Promise<Serving> {
  const peers = grpcPeers(options);
  const listener = await peers.serve({ host: "127.0.0.1", port: 0 }, methods);
  const channel = peers.channel(listener.address);
  return {
    listener,
    channel,
    [Symbol.asyncDispose]: async () => {
      channel.close();
      await listener.close(0);
    },
  };
}

export const echo: PeerMethod = { kind: "unary", path, handle: async (request) => [request] };

/** Sends back what comes, and ends when the caller does. */
export const echoStream: PeerMethod = {
  kind: "stream",
  path: streamPath,
  handle: (stream) =>
    stream.receive({
      message: (message) => void stream.send([message]),
      ended: () => stream.end(),
      drained: () => {},
      closed: () => {},
    }),
};

/** How a stream closes. */
export function closing(channel: PeerChannel, messages: readonly Buffer[] = []) {
  return new Promise((resolve) => {
    const stream = channel.stream(streamPath);
    stream.receive({ message: () => {}, ended: () => {}, drained: () => {}, closed: (reason) => resolve(reason) });
    for (const message of messages) stream.send([message]);
  });
}
