import { once } from "node:events";
import http2 from "node:http2";
import net from "node:net";
import { createAcceptor, grpcPeers } from "@millrace/rpc";
import { MiB } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { echo, path, serving } from "./support/serving.ts";

test("a port that is shared hands connections over whose first bytes it has read", async () => {
  const acceptor = await createAcceptor([echo]);
  const server = net.createServer((socket) => {
    socket.once("data", (chunk) => {
      socket.pause();
      socket.unshift(chunk);
      acceptor.accept(socket);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const channel = grpcPeers().channel({ host: "127.0.0.1", port: (server.address() as net.AddressInfo).port });
  expect((await channel.call(path, [Buffer.from("shared")], { timeoutMs: 10_000 })).toString()).toBe("shared");
  channel.close();
  await acceptor.close(0);
  server.close();
});

test("an acceptor that has closed turns connections away", async () => {
  const acceptor = await createAcceptor([echo]);
  await acceptor.close(0);
  const socket = new net.Socket();
  acceptor.accept(socket);
  expect(socket.destroyed).toBe(true);
});

test("a connection that sends nothing does not hold up the close", async () => {
  const { listener, channel } = await serving();
  const idle = net.connect(listener.address.port, listener.address.host);
  await once(idle, "connect");
  await channel.call(path, [], { timeoutMs: 10_000 });
  const gone = once(idle, "close");
  idle.resume();
  channel.close();
  await listener.close(0);
  await gone;
});

test("the first call of a connection raises the windows of the server from 65,535 bytes to windowBytes", async () => {
  await using its = await serving([echo], { windowBytes: 2 * MiB });
  const session = http2.connect(`http://127.0.0.1:${its.listener.address.port}`);
  const raised = new Promise<void>((resolve) =>
    session.on("remoteSettings", (settings) => settings.initialWindowSize === 2 * MiB && resolve()),
  );
  const stream = session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" });
  stream.resume();
  stream.end(Buffer.from([0, 0, 0, 0, 0]));
  await raised;
  await once(stream, "close");
  expect(session.state.remoteWindowSize).toBeGreaterThan(MiB);
  session.destroy();
});
