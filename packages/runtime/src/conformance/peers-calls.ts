import { strict as assert } from "node:assert";
import { MiB, MillraceError } from "@millrace/vocabulary";
import type { PeerCall } from "../ports/peers.ts";
import { type Claim, elapse, gate, type InWorld, numberedBytes, rejection } from "./claims.ts";
import { calling, path, type PeersWorld, unary } from "./peers-world.ts";

const timeoutMs = 10_000;
const never = new Promise<never>(() => {});

/** One request, one answer. */
export function callClaims(claim: Claim, inWorld: InWorld<PeersWorld>): void {
  const claimIn = (sentence: string, prove: (world: PeersWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("a call's request and answer arrive as their parts in order", async (world) => {
    const channel = await calling(world, async (request) => [Buffer.from("<"), request, Buffer.from(">")]);
    const answer = await channel.call(path, [Buffer.from("a"), Buffer.alloc(0), Buffer.from("bc")], { timeoutMs });
    assert.equal(answer.toString(), "<abc>");
  });

  claimIn("an empty request has an empty answer", async (world) => {
    const channel = await calling(world, async (request) => (request.length === 0 ? [] : [request]));
    assert.equal((await channel.call(path, [], { timeoutMs })).length, 0);
  });

  claimIn("5 MiB pass either way", async (world) => {
    const payload = numberedBytes(5 * MiB);
    const channel = await calling(world, async (request) => [request]);
    const answer = await channel.call(path, [payload.subarray(0, 12), payload.subarray(12)], { timeoutMs });
    assert.ok(answer.equals(payload));
  });

  claimIn("each of 100 calls at once gets its own answer", async (world) => {
    const channel = await calling(world, async (request) => [Buffer.from(`answer to ${request.toString()}`)]);
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const answers = await Promise.all(numbers.map((number) => channel.call(path, [Buffer.from(String(number))], { timeoutMs })));
    assert.deepEqual(
      answers.map(String),
      numbers.map((number) => `answer to ${number}`),
    );
  });

  claimIn("the handler learns who calls, the headers and how long the caller waits", async (world) => {
    const calls: PeerCall[] = [];
    const listener = await world.server.serve(world.serveAt, [
      unary(async (_, call) => {
        calls.push(call);
        return [];
      }),
    ]);
    const channel = await world.channelTo(listener);
    await channel.call(path, [], { timeoutMs, headers: new Map([["millrace-cluster", "c-1"]]) });
    const [call] = calls;
    assert.equal(call!.local.port, listener.address.port);
    assert.ok(call!.remote.host.length > 0);
    assert.equal(call!.headers.get("millrace-cluster"), "c-1");
    assert.deepEqual(
      [...call!.headers.keys()].filter((name) => name.startsWith("grpc-") || name !== name.toLowerCase()),
      [],
    );
    assert.ok(call!.timeoutMs !== undefined && call!.timeoutMs > 0 && call!.timeoutMs <= timeoutMs);
    assert.equal(call!.signal.aborted, false);
  });

  claimIn("a handler's MillraceError reaches the caller with code and facts", async (world) => {
    const channel = await calling(world, async () => {
      throw new MillraceError("NOT_LEADER_OR_FOLLOWER", { partition: "orders-3", leader: 2, note: "Größe 10 %, \n «x»" });
    });
    const error = await rejection(channel.call(path, [], { timeoutMs }), "NOT_LEADER_OR_FOLLOWER");
    assert.equal(error.facts["partition"], "orders-3");
    assert.equal(error.facts["leader"], 2);
    assert.equal(error.facts["note"], "Größe 10 %, \n «x»");
  });

  claimIn("whatever else a handler throws reaches the caller as UNKNOWN_SERVER_ERROR", async (world) => {
    const channel = await calling(world, async () => {
      throw new TypeError("a bug");
    });
    await rejection(channel.call(path, [], { timeoutMs }), "UNKNOWN_SERVER_ERROR");
  });

  claimIn("a method that nobody offers is UNSUPPORTED_VERSION", async (world) => {
    const channel = await calling(world, async () => []);
    await rejection(channel.call("/millrace.conformance.v1.Conformance/Other", [], { timeoutMs }), "UNSUPPORTED_VERSION");
  });

  claimIn("a call that takes longer than timeoutMs is REQUEST_TIMED_OUT, and its handler's signal aborts", async (world) => {
    const aborted = gate();
    const channel = await calling(world, (_, call) => {
      call.signal.addEventListener("abort", () => aborted.open());
      return never;
    });
    await rejection(channel.call(path, [], { timeoutMs: 100 }), "REQUEST_TIMED_OUT");
    await aborted.opened;
  });

  claimIn("a caller's signal ends the call with CLOSED, and the handler's signal aborts", async (world) => {
    const [entered, aborted] = [gate(), gate()];
    const channel = await calling(world, (_, call) => {
      call.signal.addEventListener("abort", () => aborted.open());
      entered.open();
      return never;
    });
    const controller = new AbortController();
    const answer = rejection(channel.call(path, [], { timeoutMs, signal: controller.signal }), "CLOSED");
    await entered.opened;
    controller.abort();
    await answer;
    await aborted.opened;
  });

  claimIn("a signal that has aborted before the call ends it with CLOSED, and the other side hears nothing", async (world) => {
    let calls = 0;
    const channel = await calling(world, async () => [Buffer.from([++calls])]);
    await rejection(channel.call(path, [], { timeoutMs, signal: AbortSignal.abort() }), "CLOSED");
    await channel.call(path, [], { timeoutMs });
    assert.equal(calls, 1);
  });

  claimIn("the signal of a call that was answered does not abort", async (world) => {
    const signals: AbortSignal[] = [];
    const channel = await calling(world, async (_, call) => {
      signals.push(call.signal);
      return [];
    });
    await channel.call(path, [], { timeoutMs });
    await elapse(world.clock, 20);
    assert.deepEqual(
      signals.map((signal) => signal.aborted),
      [false],
    );
  });
}
