import { strict as assert } from "node:assert";
import { MiB, MillraceError } from "@millrace/vocabulary";
import { type Claim, elapse, type InWorld, numberedBytes } from "./claims.ts";
import { path, type PeersWorld, streaming, StreamEnd } from "./peers-world.ts";

/** Streams of messages: order, ends, resets. */
export function streamClaims(claim: Claim, inWorld: InWorld<PeersWorld>): void {
  const claimIn = (sentence: string, prove: (world: PeersWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("messages arrive whole, in order and once, both ways at once", async (world) => {
    const { near, far } = await streaming(world);
    const messages = Array.from({ length: 500 }, (_, index) => numberedBytes((index * 37) % 3000, index));
    for (const message of messages) near.stream.send([message.subarray(0, 5), message.subarray(5)]);
    const served = await far;
    for (const message of messages) served.stream.send([message]);
    for (const end of [near, served]) {
      await end.until(() => end.messages.length === messages.length);
      assert.ok(end.messages.every((message, index) => message.equals(messages[index]!)));
    }
  });

  claimIn("an empty message is a message", async (world) => {
    const { near, far } = await streaming(world);
    near.stream.send([]);
    near.stream.send([Buffer.alloc(0)]);
    near.stream.end();
    const served = await far;
    await served.until(() => served.isEnded);
    assert.deepEqual(
      served.messages.map((message) => message.length),
      [0, 0],
    );
  });

  claimIn("a message of 5 MiB passes", async (world) => {
    const { near, far } = await streaming(world);
    const payload = numberedBytes(5 * MiB);
    near.stream.send([payload]);
    const served = await far;
    await served.until(() => served.messages.length === 1);
    assert.ok(served.messages[0]!.equals(payload));
  });

  claimIn("a stream's handler learns the headers, and no time-out", async (world) => {
    const { call } = await streaming(world, new Map([["millrace-broker", "7"]]));
    assert.equal((await call).headers.get("millrace-broker"), "7");
    assert.equal((await call).timeoutMs, undefined);
  });

  claimIn("nothing is handed over before receive, send and the handler have returned", async (world) => {
    const { near, far } = await streaming(world);
    near.stream.send([Buffer.from("a")]);
    near.stream.end();
    assert.deepEqual(near.events, []);
    const served = await far;
    await served.until(() => served.isEnded);
    assert.deepEqual(served.events, ["message", "ended"]);
  });

  claimIn("the caller's end leaves the other direction open until the serving side ends in its turn", async (world) => {
    const { near, far } = await streaming(world);
    near.stream.send([Buffer.from("question")]);
    near.stream.end();
    const served = await far;
    await served.until(() => served.isEnded);
    assert.equal(served.isClosed, false);
    served.stream.send([Buffer.from("answer")]);
    served.stream.end();
    assert.equal(await near.closing(), undefined);
    assert.equal(await served.closing(), undefined);
    assert.deepEqual(near.events, ["message", "ended", "closed"]);
    assert.deepEqual(served.events, ["message", "ended", "closed"]);
  });

  claimIn(
    "the serving side's end closes the stream in order once its messages have arrived, whether the caller ended or not",
    async (world) => {
      const { near, far } = await streaming(world);
      const served = await far;
      for (let index = 0; index < 100; index++) served.stream.send([numberedBytes(1000, index)]);
      served.stream.end();
      assert.equal(await near.closing(), undefined);
      assert.equal(near.messages.length, 100);
      assert.deepEqual(near.events.slice(-2), ["ended", "closed"]);
      assert.equal(await served.closing(), undefined);
    },
  );

  claimIn("a reset by the serving side reaches the caller with code and facts, and its own side as CLOSED", async (world) => {
    const { near, far } = await streaming(world);
    const served = await far;
    served.stream.reset(new MillraceError("FENCED_LEADER_EPOCH", { partition: "orders-3", leaderEpoch: 7 }));
    const reason = await near.closing();
    assert.equal(reason?.code, "FENCED_LEADER_EPOCH");
    assert.deepEqual({ ...reason?.facts }, { partition: "orders-3", leaderEpoch: 7 });
    assert.equal((await served.closing())?.code, "CLOSED");
  });

  claimIn("a reset by the caller closes its side as CLOSED, the other side with a reason, and aborts the call", async (world) => {
    const { near, far, call } = await streaming(world);
    const served = await far;
    near.stream.reset(new MillraceError("STALE_BROKER_EPOCH", { brokerEpoch: 3 }));
    assert.equal((await near.closing())?.code, "CLOSED");
    assert.notEqual(await served.closing(), undefined);
    assert.equal((await call).signal.aborted, true);
  });

  claimIn("closed is the last event and comes once, and messages for a closed stream are dropped", async (world) => {
    const { near, far } = await streaming(world);
    const served = await far;
    served.stream.send([Buffer.from("before")]);
    served.stream.reset(new MillraceError("FENCED_LEADER_EPOCH"));
    await near.closing();
    await served.closing();
    for (const { stream } of [near, served]) {
      stream.send([Buffer.from("after")]);
      stream.end();
      stream.reset(new MillraceError("CLOSED"));
      assert.equal(stream.unsentBytes, 0);
    }
    await elapse(world.clock, 20);
    for (const { events } of [near, served]) assert.equal(events.indexOf("closed"), events.length - 1);
  });

  claimIn("a stream to a method that nobody offers closes with UNSUPPORTED_VERSION", async (world) => {
    const { channel } = await streaming(world);
    const near = new StreamEnd(channel.stream(`${path}Other`));
    assert.equal((await near.closing())?.code, "UNSUPPORTED_VERSION");
  });

  claimIn("a handler that throws resets its stream with what it threw", async (world) => {
    const fenced = new MillraceError("STALE_BROKER_EPOCH", { brokerEpoch: 3 });
    const handle = () => {
      throw fenced;
    };
    const channel = await world.channelTo(await world.server.serve(world.serveAt, [{ kind: "stream", path, handle }]));
    assert.equal((await new StreamEnd(channel.stream(path)).closing())?.code, "STALE_BROKER_EPOCH");
  });
}
