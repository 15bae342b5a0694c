import { resolve } from "node:path";
import { kafkaPeer } from "./kafka-peer.ts";
import { barePeer, millracePeer, ownBundle } from "./node-peers.ts";
import { Brokers } from "./brokers.ts";
import type { Peer, PeerOptions } from "./peer.ts";
import { prepareTrio, straight } from "./trio-peers.ts";

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

/** The same of three brokers of one cluster, a process each: `millrace`, `kafka` or `NAME=BUNDLE`. */
export async function preparePeers(target: string, brokers: 1 | 3, options: PeerOptions): Promise<readonly Peer[]> {
  if (brokers === 1) return [await preparePeer(target, options)];
  return [...(await prepareTrio(target, straight, options)).values()];
}

/** Starts every target and does something while they run; stops them afterwards, whatever comes of it. */
export async function withTargets<Result>(
  targets: readonly string[],
  { brokers = 1, ...options }: PeerOptions & { readonly brokers?: 1 | 3 },
  work: (running: readonly Brokers[]) => Promise<Result>,
): Promise<Result> {
  await using started = new AsyncDisposableStack();
  const running: Brokers[] = [];
  for (const target of targets) {
    const [name] = target.split("=", 1);
    running.push(started.use(Brokers.spawn(name!, await preparePeers(target, brokers, options))));
    await running.at(-1)!.serving();
  }
  return await work(running);
}
