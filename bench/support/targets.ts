import { resolve } from "node:path";
import { kafkaPeer } from "./kafka-peer.ts";
import { barePeer, millracePeer, ownBundle } from "./node-peers.ts";
import type { Peer, PeerOptions } from "./peer.ts";
import { PeerProcess } from "./peer-process.ts";

/** For the help of each command. */
export const targetHelp = `Targets:
  millrace           the bundle of this clone
  NAME=BUNDLE        Millrace from another bundle: before=/tmp/clone/packages/cli/dist/millrace.mjs
  kafka              Apache Kafka, by Maven
  null               acknowledges without work: the client's limit (produce, latency)
  spike              parses, checks and writes, no more: the yardstick (produce, latency)`;

/** Makes a target ready to be started: `millrace`, `kafka`, `null`, `spike`, or `NAME=BUNDLE`. */
export function preparePeer(target: string, options: PeerOptions = {}): Promise<Peer> {
  const [name, bundle] = target.split("=", 2) as [string, string?];
  if (bundle !== undefined) return millracePeer(name, resolve(bundle), options);
  switch (target) {
    case "millrace":
      return millracePeer(name, ownBundle, options);
    case "kafka":
      return kafkaPeer(name, options);
    case "null":
      return barePeer(name, "null-broker", options);
    case "spike":
      return barePeer(name, "spike", options);
    default:
      throw new Error(`--target: must be millrace, kafka, null, spike or NAME=BUNDLE, not ${target}`);
  }
}

/** Starts every target and does something while they run; stops them afterwards, whatever comes of it. */
export async function withTargets<Result>(
  targets: readonly string[],
  options: PeerOptions,
  work: (running: readonly PeerProcess[]) => Promise<Result>,
): Promise<Result> {
  await using started = new AsyncDisposableStack();
  const running: PeerProcess[] = [];
  for (const target of targets) running.push(started.use(await PeerProcess.start(await preparePeer(target, options))));
  return await work(running);
}
