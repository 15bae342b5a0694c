import { networkInterfaces } from "node:os";
import { brokerDirectory, type Cluster } from "./cluster-file.ts";
import { portOffsets } from "./ports.ts";

export interface ClusterPlace {
  readonly cluster: Cluster;
  /** The directory of the cluster's data. */
  readonly data: string;
  /** Of the first broker, for clients. */
  readonly firstPort: number;
}

/** Where brokers on this machine listen. */
export function loopbackHosts(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
  return ["127.0.0.1", ...all.filter((address) => address === "::1")];
}

/** The settings of one broker of a cluster on this machine, as `key=value`. */
export function brokerSettings({ cluster, data, firstPort }: ClusterPlace, id: number): string[] {
  const port = firstPort + id - 1;
  return [
    `node.id=${id}`,
    `log.dirs=${brokerDirectory(data, id)}`,
    "group.initial.rebalance.delay.ms=0",
    "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,LOOPBACK6:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
    ...(cluster.brokers === 1 ? [listeners(port)] : memberSettings(cluster, firstPort, id)),
  ];
}

/** What a topic has that does not say otherwise: one of its brokers may be away, and what is acknowledged is still on two. */
const replicas = 3;

/** Of one among several: who decides, and where the others reach it. */
function memberSettings({ brokers, controllers }: Cluster, firstPort: number, id: number): string[] {
  const portOf = (offset: number, node: number) => firstPort + offset + node - 1;
  const controllerAt = (node: number) => `127.0.0.1:${portOf(portOffsets.controller, node)}`;
  const voters = Array.from({ length: controllers }, (_, index) => `${index + 1}@${controllerAt(index + 1)}`);
  const isController = id <= controllers;
  const internal = `INTERNAL://127.0.0.1:${portOf(portOffsets.internal, id)}`;
  return [
    `process.roles=${isController ? "broker,controller" : "broker"}`,
    `controller.quorum.voters=${voters.join(",")}`,
    "inter.broker.listener.name=INTERNAL",
    ...(brokers < replicas ? [] : [`default.replication.factor=${replicas}`, "min.insync.replicas=2"]),
    listeners(firstPort + id - 1, internal, ...(isController ? [`CONTROLLER://${controllerAt(id)}`] : [])),
  ];
}

function listeners(port: number, ...others: readonly string[]): string {
  const own = loopbackHosts().map((host) => (host === "::1" ? `LOOPBACK6://[::1]:${port}` : `PLAINTEXT://${host}:${port}`));
  return `listeners=${[...own, ...others].join(",")}`;
}
