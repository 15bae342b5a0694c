import { once } from "node:events";
import net from "node:net";
import { grpcPeers } from "@millrace/rpc";
import { expect, test } from "vitest";
import { closing, echo, path, serving } from "./support/serving.ts";

/** Takes connections and answers each with `reply`, as a process does that is stopped, or something else than gRPC. */
async function strangeServer(reply?: string): Promise<AsyncDisposable & { readonly address: net.AddressInfo }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", () => (reply === undefined ? undefined : socket.end(reply)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: server.address() as net.AddressInfo,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function channelTo({ port }: { readonly port: number }) {
  return grpcPeers({ connectTimeoutMs: 100 }).channel({ host: "127.0.0.1", port });
}

test("a process that takes the connection and says nothing is CONNECTION_FAILED after connectTimeoutMs", async () => {
  await using silent = await strangeServer();
  const channel = channelTo(silent.address);
  await expect(channel.call(path, [], { timeoutMs: 60_000 })).rejects.toMatchObject({ code: "CONNECTION_FAILED" });
  expect(await closing(channel)).toMatchObject({ code: "CONNECTION_FAILED" });
  channel.close();
});

test("a channel that could not connect tries anew when it is used again", async () => {
  const silent = await strangeServer();
  const channel = channelTo(silent.address);
  await expect(channel.call(path, [], { timeoutMs: 60_000 })).rejects.toMatchObject({ code: "CONNECTION_FAILED" });
  await silent[Symbol.asyncDispose]();
  const listener = await grpcPeers().serve({ host: "127.0.0.1", port: silent.address.port }, [echo]);
  for (;;) {
    const answer = await channel.call(path, [Buffer.from("back")], { timeoutMs: 60_000 }).catch(() => undefined);
    if (answer?.toString() === "back") break;
    await new Promise((resolve) => void setTimeout(resolve, 10));
  }
  channel.close();
  await listener.close(0);
});

test.each([
  ["HTTP/1", "HTTP/1.1 400 Bad Request\r\n\r\n"],
  ["nonsense", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"],
])("a process that answers with %s is CONNECTION_FAILED", async (_, reply) => {
  await using strange = await strangeServer(reply);
  const channel = channelTo(strange.address);
  await expect(channel.call(path, [], { timeoutMs: 60_000 })).rejects.toMatchObject({ code: "CONNECTION_FAILED" });
  channel.close();
});

test("an IPv6 address is dialled as such", async () => {
  const peers = grpcPeers();
  const listener = await peers.serve({ host: "::1", port: 0 }, [echo]);
  const channel = peers.channel(listener.address);
  expect((await channel.call(path, [Buffer.from("six")], { timeoutMs: 10_000 })).toString()).toBe("six");
  channel.close();
  await listener.close(0);
});

test("an error says which method of which process it was", async () => {
  await using its = await serving([]);
  await expect(its.channel.call(path, [], { timeoutMs: 10_000 })).rejects.toMatchObject({
    facts: { path, peer: `127.0.0.1:${its.listener.address.port}` },
  });
});

test("a header that HTTP/2 cannot carry is INVALID_REQUEST, in a call or a stream", async () => {
  await using its = await serving();
  const headers = new Map([["millrace-client-id", "Größe"]]);
  await expect(its.channel.call(path, [], { timeoutMs: 10_000, headers })).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  const closed = new Promise((resolve) => {
    const nothing = () => {};
    its.channel.stream(path, { headers }).receive({ message: nothing, ended: nothing, drained: nothing, closed: resolve });
  });
  expect(await closed).toMatchObject({ code: "INVALID_REQUEST" });
});
