import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../e2e/support/command.ts";
import { kafkaClassPath, kafkaToolsMissing } from "../../e2e/support/kafka-tools.ts";
import type { Network } from "../../e2e/chaos/cluster/network.ts";
import { ownBundle } from "./node-peers.ts";
import { freePort, type Peer, peerFolder, type PeerOptions } from "./peer.ts";

/** Brokers of a cluster, each a controller too, by their numbers. */
export type TrioPeers = ReadonlyMap<number, Peer>;

const ids = [1, 2, 3] as const;
/** Any will do: the cluster never meets another. */
const clusterId = "AAAAAAAAAAAAAAAAAAAAAQ";
/** A third of the heap that Kafka's own start script gives: there are three. */
const heap = ["-Xms256m", "-Xmx512m", "-XX:+UseG1GC"];

interface Ports {
  readonly client: number;
  readonly internal: number;
  readonly internalBehind: number;
  readonly controller: number;
  readonly controllerBehind: number;
}

/** Brokers reach each other without anything between them. */
export const straight: Pick<Network, "before"> = { before: async (_, port) => port };

/** Prepares three brokers of Millrace or Kafka that reach each other through a network. */
export async function prepareTrio(
  target: string,
  network: Pick<Network, "before">,
  { settings = [], nodeOptions = [] }: PeerOptions,
): Promise<TrioPeers> {
  const [name, bundle] = target.split("=", 2) as [string, string?];
  const isKnown = bundle !== undefined || ["millrace", "kafka"].includes(target);
  if (!isKnown) throw new Error(`--target: must be millrace, kafka or NAME=BUNDLE, not ${target}`);
  const ports = new Map<number, Ports>();
  for (const id of ids) ports.set(id, await portsOf(id, network));
  const peers = new Map<number, Peer>();
  for (const id of ids) {
    const directory = join(peerFolder(`${name}-${id}`), "data");
    const own = [...commonSettings(id, ports), ...settings];
    const address = `127.0.0.1:${ports.get(id)!.client}`;
    const peer = { name: `${name} ${id}`, bootstrap: address, directory };
    if (target === "kafka") peers.set(id, { ...peer, command: await kafkaCommand(directory, own) });
    else {
      const command = [process.execPath, ...nodeOptions, bundle ?? ownBundle, ...brokerArguments(directory, own)];
      peers.set(id, { ...peer, command, metrics: `http://${address}/metrics` });
    }
  }
  return peers;
}

async function portsOf(id: number, network: Pick<Network, "before">): Promise<Ports> {
  const [client, internal, controller] = [await freePort(), await freePort(), await freePort()];
  const internalBehind = await network.before(id, internal);
  return { client, internal, internalBehind, controller, controllerBehind: await network.before(id, controller) };
}

/** Both understand them. */
function commonSettings(id: number, ports: ReadonlyMap<number, Ports>): string[] {
  const { client, internal, internalBehind, controller } = ports.get(id)!;
  return [
    `node.id=${id}`,
    "process.roles=broker,controller",
    `controller.quorum.voters=${[...ports].map(([each, { controllerBehind }]) => `${each}@127.0.0.1:${controllerBehind}`).join(",")}`,
    `listeners=PLAINTEXT://127.0.0.1:${client},INTERNAL://127.0.0.1:${internal},CONTROLLER://127.0.0.1:${controller}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${client},INTERNAL://127.0.0.1:${internalBehind}`,
    "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "inter.broker.listener.name=INTERNAL",
    "controller.listener.names=CONTROLLER",
    "group.initial.rebalance.delay.ms=0",
    "log.segment.delete.delay.ms=0",
    "default.replication.factor=3",
    "min.insync.replicas=2",
  ];
}

function brokerArguments(directory: string, settings: readonly string[]): string[] {
  const set = [`log.dirs=${directory}`, ...settings].flatMap((setting) => ["--set", setting]);
  return ["broker", "--format", "--cluster-id", clusterId, "--log-level", "warn", ...set];
}

async function kafkaCommand(directory: string, settings: readonly string[]): Promise<string[]> {
  const missing = await kafkaToolsMissing();
  if (missing !== undefined) throw new Error(`Kafka cannot run here: ${missing}`);
  mkdirSync(directory);
  const properties = join(directory, "../server.properties");
  writeFileSync(properties, [`log.dirs=${directory}`, ...settings].join("\n"));
  const java = ["java", ...heap, ...kafkaClassPath()];
  const format = [...java.slice(1), "kafka.tools.StorageTool", "format", "-t", clusterId, "-c", properties];
  const { code, stderr } = await runCommand("java", format);
  if (code !== 0) throw new Error(`Kafka's data could not be formatted:\n${stderr}`);
  return [...java, "kafka.Kafka", properties];
}
