import { strict as assert } from "node:assert";
import { KiB } from "@millrace/vocabulary";
import { type Claim, elapse, type InWorld, rejection, until } from "./claims.ts";
import { connected, SocketEnd, type SocketsWorld } from "./sockets-world.ts";

/** Connections: made, half closed, closed, broken. */
export function connectionClaims(claim: Claim, inWorld: InWorld<SocketsWorld>): void {
  const claimIn = (sentence: string, prove: (world: SocketsWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("each end knows its own address and the other's", async (world) => {
    const { listener, near, far } = await connected(world);
    assert.equal(near.socket.remote.port, listener.address.port);
    assert.equal(far.socket.local.port, listener.address.port);
    assert.equal(far.socket.remote.port, near.socket.local.port);
    for (const { socket } of [near, far]) assert.ok(socket.local.host !== "" && socket.remote.host !== "");
  });

  claimIn("end closes one direction, and the connection closes in order once both have ended", async (world) => {
    const { near, far } = await connected(world);
    near.socket.write([Buffer.from("question")]);
    near.socket.end();
    await far.until(() => far.isEnded);
    await elapse(world.clock, 20);
    assert.equal(far.isClosed, false);
    far.socket.write([Buffer.from("answer")]);
    far.socket.end();
    assert.equal(await near.closing(), undefined);
    assert.equal(await far.closing(), undefined);
    assert.deepEqual([near.received.toString(), far.received.toString()], ["answer", "question"]);
    for (const { events } of [near, far]) assert.deepEqual(events.slice(-2), ["ended", "closed"]);
  });

  claimIn("destroy closes the own end in order, and the other end hears of it", async (world) => {
    const { near, far } = await connected(world);
    near.socket.destroy();
    assert.equal(await near.closing(), undefined);
    await far.until(() => far.isEnded || far.isClosed);
    far.socket.end();
    await far.closing();
    assert.ok(!near.events.includes("data"));
  });

  claimIn("bytes for an end that is gone close the connection with CONNECTION_FAILED", async (world) => {
    const { near, far } = await connected(world);
    near.socket.destroy();
    await near.closing();
    while (!far.isClosed) {
      far.socket.write([Buffer.alloc(KiB)]);
      await elapse(world.clock, 5);
    }
    const { facts } = (await far.closing())!;
    assert.equal(far.error?.code, "CONNECTION_FAILED");
    assert.equal(facts["host"], far.socket.remote.host);
    assert.ok(["ECONNRESET", "EPIPE"].includes(facts["errno"] as string));
  });

  claimIn("closed is the last event and comes once, and bytes for a closed connection are dropped", async (world) => {
    const { near, far } = await connected(world);
    far.socket.write([Buffer.from("before")]);
    near.socket.destroy();
    far.socket.destroy();
    for (const end of [near, far]) {
      await end.closing();
      end.socket.write([Buffer.from("after")]);
      end.socket.end();
      end.socket.destroy();
      end.socket.pause();
      end.socket.resume();
      assert.equal(end.socket.unsentBytes, 0);
    }
    await elapse(world.clock, 20);
    for (const { events } of [near, far]) assert.equal(events.indexOf("closed"), events.length - 1);
  });

  claimIn("an end that closed before receive was called says so afterwards", async (world) => {
    const { listener } = await connected(world);
    const socket = await world.client.connect(listener.address, { timeoutMs: 10_000 });
    socket.destroy();
    await elapse(world.clock, 20);
    const near = new SocketEnd(socket);
    assert.deepEqual(near.events, []);
    assert.equal(await near.closing(), undefined);
    await elapse(world.clock, 20);
    assert.deepEqual(near.events, ["closed"]);
  });

  claimIn("where nobody listens a connection is CONNECTION_FAILED, long before it times out", async (world) => {
    const { facts } = await rejection(world.client.connect(world.nobodyAt, { timeoutMs: 60_000 }), "CONNECTION_FAILED");
    assert.deepEqual({ ...facts }, { ...world.nobodyAt, errno: "ECONNREFUSED" });
  });

  claimIn("an address that is listened on is ADDRESS_IN_USE, and free again once its listener has closed", async (world) => {
    const first = await world.server.listen(world.listenAt, () => {});
    assert.ok(first.address.port > 0);
    await rejection(
      world.server.listen(first.address, () => {}),
      "ADDRESS_IN_USE",
    );
    await first.close();
    await rejection(world.client.connect(first.address, { timeoutMs: 10_000 }), "CONNECTION_FAILED");
    const second = await world.server.listen(first.address, () => {});
    assert.equal(second.address.port, first.address.port);
    await second.close();
  });

  claimIn("a listener that closes leaves the connections that it accepted", async (world) => {
    const { listener, near, far } = await connected(world);
    await listener.close();
    near.socket.write([Buffer.from("still here")]);
    await far.until(() => far.receivedBytes === 10);
    far.socket.write([Buffer.from("me too")]);
    await near.until(() => near.receivedBytes === 6);
  });

  claimIn("50 connections at once are 50 connections", async (world) => {
    const ends: SocketEnd[] = [];
    const listener = await world.server.listen(world.listenAt, (socket) => void ends.push(new SocketEnd(socket)));
    const near = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const end = new SocketEnd(await world.client.connect(listener.address, { timeoutMs: 10_000 }));
        end.socket.write([Buffer.from(`connection ${index}`)]);
        end.socket.end();
        return end;
      }),
    );
    await until(world.clock, () => ends.length === 50 && ends.every((end) => end.isEnded));
    const received = new Set(ends.map((end) => end.received.toString()));
    assert.equal(received.size, 50);
    for (const { socket } of ends) socket.end();
    for (const end of near) assert.equal(await end.closing(), undefined);
  });
}
