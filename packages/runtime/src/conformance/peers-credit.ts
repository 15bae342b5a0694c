import { strict as assert } from "node:assert";
import { KiB, MiB, MillraceError } from "@millrace/vocabulary";
import { type Claim, elapse, type InWorld, numberedBytes, until } from "./claims.ts";
import { path, type PeersWorld, streaming, StreamEnd } from "./peers-world.ts";

/** More than any transport's windows take, so that a reader that stands still must hold the writer up. */
const moreThanWindowsBytes = 64 * MiB;

/** Streams whose reader is slower than their writer. */
export function creditClaims(claim: Claim, inWorld: InWorld<PeersWorld>): void {
  const claimIn = (sentence: string, prove: (world: PeersWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("a reader that pauses holds the writer up: send says false, and drained comes when the reader resumes", async (world) => {
    const { near, far } = await streaming(world);
    const served = await far;
    served.stream.pause();
    const sent = await sendUntilHeldUp(world, near);
    assert.ok(near.stream.unsentBytes > 0);
    assert.equal(near.drains, 0);
    served.stream.resume();
    await near.until(() => near.drains === 1);
    await served.until(() => served.messages.length === sent);
    await until(world.clock, () => near.stream.unsentBytes === 0);
    assert.equal(near.drains, 1);
  });

  claimIn("at most one message comes after pause, and none is lost by it", async (world) => {
    const { near, far } = await streaming(world);
    const served = await far;
    for (let index = 0; index < 200; index++) near.stream.send([numberedBytes(100, index)]);
    await served.until(() => served.messages.length >= 10);
    served.stream.pause();
    const atPause = served.messages.length;
    await elapse(world.clock, 50);
    assert.ok(served.messages.length <= atPause + 1, `${served.messages.length - atPause} came after pause`);
    served.stream.resume();
    await served.until(() => served.messages.length === 200);
    assert.ok(served.messages.every((message, index) => message.equals(numberedBytes(100, index))));
  });

  claimIn("a stream whose reader pauses does not hold up another stream or call of its channel", async (world) => {
    const { channel, near, far } = await streaming(world);
    (await far).stream.pause();
    await sendUntilHeldUp(world, near);
    const other = new StreamEnd(channel.stream(`${path}Other`));
    assert.equal((await other.closing())?.code, "UNSUPPORTED_VERSION");
  });

  claimIn("what was sent before end arrives before ended, however slow the reader", async (world) => {
    const { near, far } = await streaming(world);
    const served = await far;
    served.stream.pause();
    const sent = await sendUntilHeldUp(world, near);
    near.stream.end();
    await elapse(world.clock, 20);
    assert.equal(served.isEnded, false);
    served.stream.resume();
    await served.until(() => served.isEnded);
    assert.equal(served.messages.length, sent);
  });

  claimIn("a reset reaches a writer that is held up", async (world) => {
    const { near, far } = await streaming(world);
    const served = await far;
    served.stream.pause();
    await sendUntilHeldUp(world, near);
    served.stream.reset(new MillraceError("FENCED_LEADER_EPOCH"));
    assert.equal((await near.closing())?.code, "FENCED_LEADER_EPOCH");
    assert.equal(near.stream.unsentBytes, 0);
  });
}

/** Sends messages of 64 KiB, giving each time to go, until one is refused; returns how many were taken. */
async function sendUntilHeldUp(world: PeersWorld, end: StreamEnd): Promise<number> {
  const message = numberedBytes(64 * KiB);
  for (let sent = 1; sent * message.length <= moreThanWindowsBytes; sent++) {
    if (!end.stream.send([message])) {
      await elapse(world.clock, 50);
      if (end.drains === 0) return sent;
      end.drains = 0;
    }
    if (sent % 16 === 0) await elapse(world.clock, 1);
  }
  return assert.fail("a reader that stands still never held the writer up");
}
