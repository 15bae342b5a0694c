import { strict as assert } from "node:assert";
import { KiB, MiB } from "@millrace/vocabulary";
import { type Claim, elapse, type InWorld, numberedBytes, until } from "./claims.ts";
import { connectionClaims } from "./sockets-connections.ts";
import { connected, SocketEnd, type SocketsWorld } from "./sockets-world.ts";

/** More than the kernels of both sides hold, so that a reader that stands still must hold the writer up. */
const moreThanKernelsBytes = 64 * MiB;

/** What the Sockets port promises. */
export function socketsSuite(claim: Claim, inWorld: InWorld<SocketsWorld>): void {
  byteClaims(claim, inWorld);
  connectionClaims(claim, inWorld);
}

function byteClaims(claim: Claim, inWorld: InWorld<SocketsWorld>): void {
  const claimIn = (sentence: string, prove: (world: SocketsWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("bytes arrive in order and once, both ways at once, and never none", async (world) => {
    const { near, far } = await connected(world);
    const bytes = numberedBytes(3 * MiB);
    for (const end of [near, far]) for (let at = 0; at < bytes.length; at += 50_000) end.socket.write([bytes.subarray(at, at + 50_000)]);
    for (const end of [near, far]) {
      await end.until(() => end.receivedBytes === bytes.length);
      assert.ok(end.received.equals(bytes));
      assert.ok(!end.events.includes("empty data"));
    }
  });

  claimIn("a write's chunks go out one after the other, empty ones too", async (world) => {
    const { near, far } = await connected(world);
    near.socket.write([Buffer.from("a"), Buffer.alloc(0), Buffer.from("bc")]);
    near.socket.write([]);
    near.socket.write([Buffer.alloc(0)]);
    near.socket.write([Buffer.from("d")]);
    await far.until(() => far.receivedBytes === 4);
    assert.equal(far.received.toString(), "abcd");
  });

  claimIn("a reader that pauses holds the writer up: write says false, and drained comes when the reader resumes", async (world) => {
    const { near, far } = await connected(world);
    far.socket.pause();
    const sentBytes = await writeUntilHeldUp(world, near);
    assert.ok(near.socket.unsentBytes > 0);
    assert.equal(near.drains, 0);
    far.socket.resume();
    await near.until(() => near.drains === 1);
    await far.until(() => far.receivedBytes === sentBytes);
    await until(world.clock, () => near.socket.unsentBytes === 0);
    assert.ok(far.received.equals(numberedBytes(sentBytes)));
    assert.equal(near.drains, 1);
  });

  claimIn("what comes after a pause is bounded, and nothing is lost by it", async (world) => {
    const { near, far } = await connected(world);
    far.socket.pause();
    const bytes = numberedBytes(8 * MiB);
    for (let at = 0; at < bytes.length; at += MiB) near.socket.write([bytes.subarray(at, at + MiB)]);
    await elapse(world.clock, 50);
    assert.ok(far.receivedBytes <= 64 * KiB, `${far.receivedBytes} bytes came`);
    far.socket.resume();
    await far.until(() => far.receivedBytes === bytes.length);
    assert.ok(far.received.equals(bytes));
  });

  claimIn("what arrives before receive was called is not lost, and nothing comes before it has returned", async (world) => {
    const bytes = numberedBytes(10 * KiB);
    const listener = await world.server.listen(world.listenAt, (socket) => {
      new SocketEnd(socket).socket.write([bytes]);
    });
    const socket = await world.client.connect(listener.address, { timeoutMs: 10_000 });
    await elapse(world.clock, 20);
    const near = new SocketEnd(socket);
    assert.deepEqual(near.events, []);
    await near.until(() => near.receivedBytes === bytes.length);
    assert.ok(near.received.equals(bytes));
  });

  claimIn("what was written before end arrives before ended, however slow the reader", async (world) => {
    const { near, far } = await connected(world);
    far.socket.pause();
    const sentBytes = await writeUntilHeldUp(world, near);
    near.socket.end();
    await elapse(world.clock, 20);
    assert.equal(far.isEnded, false);
    far.socket.resume();
    await far.until(() => far.isEnded);
    assert.equal(far.receivedBytes, sentBytes);
  });
}

/** Writes pieces of 64 KiB, giving each time to go, until one is refused for good; returns the bytes that were taken. */
async function writeUntilHeldUp(world: SocketsWorld, end: SocketEnd): Promise<number> {
  const pieceBytes = 64 * KiB;
  for (let sentBytes = pieceBytes; sentBytes <= moreThanKernelsBytes; sentBytes += pieceBytes) {
    if (end.socket.write([numberedBytes(pieceBytes, sentBytes - pieceBytes)])) continue;
    await elapse(world.clock, 20);
    if (end.drains === 0) return sentBytes;
    end.drains = 0;
  }
  return assert.fail("a reader that stands still never held the writer up");
}
