import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isUuid, readProperties, type Uuid, uuidFromBytes } from "@millrace/vocabulary";
import { misuse } from "../option-values.ts";

/** What a cluster on this machine is for as long as its data are kept. */
export interface Cluster {
  readonly clusterId: Uuid;
  /** Brokers are numbered from 1. */
  readonly brokers: number;
  /** So many of them, the first ones, are controllers too. */
  readonly controllers: number;
}

/** The fewest that go on without one of them. */
export const brokersDefault = 3;

const fileName = "cluster.json";

/** Where a broker of the cluster keeps what it has. */
export function brokerDirectory(data: string, id: number): string {
  return join(data, `broker-${id}`);
}

/**
 * Reads what cluster a directory holds, or founds one of `wanted` brokers (undefined: `brokersDefault`) there. The file is written before anything
 * is formatted, so that a start that was interrupted goes on as the same cluster. CONFIGURATION_INVALID where the directory holds
 * another number of brokers than is wanted.
 */
export function openCluster(data: string, wanted: number | undefined): Cluster {
  const known = readCluster(data) ?? clusterOfOne(data);
  if (known !== undefined && wanted !== undefined && wanted !== known.brokers)
    throw misuse(
      `--brokers: ${wanted} was given, but ${data} holds a cluster of ${known.brokers}; leave the option out, or choose another directory with --data`,
    );
  const cluster = known ?? found(wanted ?? brokersDefault);
  writeCluster(data, cluster);
  return cluster;
}

function found(brokers: number): Cluster {
  return { clusterId: newClusterId(), brokers, controllers: controllersOf(brokers) };
}

/** An even number bears no more losses than the odd one below it, and a sixth is only one more to wait for. */
function controllersOf(brokers: number): number {
  if (brokers < 3) return 1;
  return brokers < 5 ? 3 : 5;
}

/** Tools take an id that begins with `-` for an option. */
function newClusterId(): Uuid {
  for (;;) {
    const id = uuidFromBytes(randomBytes(16));
    if (!id.startsWith("-")) return id;
  }
}

function readCluster(data: string): Cluster | undefined {
  const path = join(data, fileName);
  if (!existsSync(path)) return undefined;
  const { clusterId, brokers, controllers } = parsed(readFileSync(path, "utf8"));
  const isSound = isUuid(String(clusterId)) && isCount(brokers) && isCount(controllers) && controllers <= brokers;
  if (!isSound) throw misuse(`--data: ${path} is damaged; it must hold clusterId, brokers and controllers of the cluster there`);
  return { clusterId: clusterId as Uuid, brokers, controllers };
}

function parsed(text: string): { readonly [Field in keyof Cluster]?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/** Data from before there was such a file: they are of one broker. */
function clusterOfOne(data: string): Cluster | undefined {
  const path = join(brokerDirectory(data, 1), "meta.properties");
  if (!existsSync(path)) return undefined;
  const clusterId = readProperties(readFileSync(path, "utf8"), path).find(({ key }) => key === "cluster.id")?.value ?? "";
  return isUuid(clusterId) ? { clusterId, brokers: 1, controllers: 1 } : undefined;
}

function writeCluster(data: string, cluster: Cluster): void {
  mkdirSync(data, { recursive: true });
  const path = join(data, fileName);
  writeFileSync(`${path}.new`, `${JSON.stringify(cluster, undefined, 2)}\n`);
  renameSync(`${path}.new`, path);
}
