import { strict as assert } from "node:assert";
import { MillraceError } from "@millrace/vocabulary";
import type { PeerChannel } from "../ports/peers.ts";
import { type Claim, elapse, gate, type InWorld, rejection } from "./claims.ts";
import { calling, path, type PeersWorld, streaming, StreamEnd, unary } from "./peers-world.ts";

const timeoutMs = 10_000;
const never = new Promise<never>(() => {});

/** Channels and listeners: made, broken, made again, closed. */
export function connectionClaims(claim: Claim, inWorld: InWorld<PeersWorld>): void {
  const claimIn = (sentence: string, prove: (world: PeersWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("a call to a process that is not there is CONNECTION_FAILED, long before it times out", async (world) => {
    await rejection(world.client.channel(world.nobodyAt).call(path, [], { timeoutMs }), "CONNECTION_FAILED");
  });

  claimIn("a stream to a process that is not there opens, and closes with CONNECTION_FAILED", async (world) => {
    const near = new StreamEnd(world.client.channel(world.nobodyAt).stream(path));
    near.stream.send([Buffer.from("lost")]);
    assert.equal((await near.closing())?.code, "CONNECTION_FAILED");
    assert.deepEqual(near.events, ["closed"]);
  });

  claimIn("an address that is listened on is ADDRESS_IN_USE, and is free again once its listener has closed", async (world) => {
    const first = await world.server.serve(world.serveAt, []);
    await rejection(world.server.serve(first.address, []), "ADDRESS_IN_USE");
    await first.close(0);
    const second = await world.server.serve(first.address, [unary(async () => [Buffer.from("second")])]);
    assert.equal(second.address.port, first.address.port);
    const channel = await world.channelTo(second);
    assert.equal((await channel.call(path, [], { timeoutMs })).toString(), "second");
  });

  claimIn("a connection that breaks fails its calls with CONNECTION_FAILED, and the channel connects again", async (world) => {
    const entered = gate();
    const channel = await calling(world, (request) => {
      entered.open();
      return request.toString() === "wait" ? never : Promise.resolve([Buffer.from("answered")]);
    });
    const broken = rejection(channel.call(path, [Buffer.from("wait")], { timeoutMs }), "CONNECTION_FAILED");
    await entered.opened;
    world.breakConnections();
    await broken;
    assert.equal((await callUntilConnected(world, channel)).toString(), "answered");
  });

  claimIn("a connection that breaks closes its streams at both ends with CONNECTION_FAILED, and aborts their calls", async (world) => {
    const { near, far, call } = await streaming(world);
    near.stream.send([Buffer.from("hello")]);
    const served = await far;
    await served.until(() => served.messages.length === 1);
    world.breakConnections();
    assert.equal((await near.closing())?.code, "CONNECTION_FAILED");
    assert.equal((await served.closing())?.code, "CONNECTION_FAILED");
    assert.equal((await call).signal.aborted, true);
  });

  claimIn("closing a channel ends its calls and streams with CLOSED, and those to come", async (world) => {
    const { channel, near, far } = await streaming(world);
    near.stream.send([Buffer.from("hello")]);
    const served = await far;
    channel.close();
    assert.equal((await near.closing())?.code, "CLOSED");
    assert.notEqual(await served.closing(), undefined);
    await rejection(channel.call(path, [], { timeoutMs }), "CLOSED");
    assert.equal((await new StreamEnd(channel.stream(path)).closing())?.code, "CLOSED");
  });

  claimIn("closing a channel ends a call under way with CLOSED", async (world) => {
    const entered = gate();
    const channel = await calling(world, () => {
      entered.open();
      return never;
    });
    const answer = rejection(channel.call(path, [], { timeoutMs }), "CLOSED");
    await entered.opened;
    channel.close();
    await answer;
  });

  claimIn("a listener that closes lets calls end within its grace, and takes no more", async (world) => {
    const [entered, answer] = [gate(), gate()];
    const listener = await world.server.serve(world.serveAt, [
      unary(async () => {
        entered.open();
        await answer.opened;
        return [Buffer.from("in time")];
      }),
    ]);
    const channel = await world.channelTo(listener);
    const answered = channel.call(path, [], { timeoutMs });
    await entered.opened;
    const closed = listener.close(timeoutMs);
    answer.open();
    assert.equal((await answered).toString(), "in time");
    await closed;
    await rejection(channel.call(path, [], { timeoutMs }), "CONNECTION_FAILED");
  });

  claimIn("a listener that closes ends with CLOSED what outlasts its grace", async (world) => {
    const entered = gate();
    const served = gate<StreamEnd>();
    const wait = () => {
      entered.open();
      return never;
    };
    const listener = await world.server.serve(world.serveAt, [
      unary(wait),
      { kind: "stream", path: `${path}Stream`, handle: (stream) => served.open(new StreamEnd(stream)) },
    ]);
    const channel = await world.channelTo(listener);
    const answer = rejection(channel.call(path, [], { timeoutMs }), "CLOSED");
    const near = new StreamEnd(channel.stream(`${path}Stream`));
    near.stream.send([Buffer.from("hello")]);
    await entered.opened;
    const far = await served.opened;
    await listener.close(20);
    await answer;
    assert.equal((await near.closing())?.code, "CLOSED");
    assert.equal((await far.closing())?.code, "CLOSED");
  });
}

/** Calls until the channel has connected again; its back-off takes some tries. */
async function callUntilConnected(world: PeersWorld, channel: PeerChannel): Promise<Buffer> {
  for (;;) {
    try {
      return await channel.call(path, [Buffer.from("again")], { timeoutMs });
    } catch (error) {
      if (!(error instanceof MillraceError) || error.code !== "CONNECTION_FAILED") throw error;
      await elapse(world.clock, 10);
    }
  }
}
