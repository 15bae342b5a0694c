import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { MillraceError } from "@millrace/vocabulary";
import { exitCodes } from "../exit-codes.ts";
import type { End } from "./broker-process.ts";
import { brokerSettings, loopbackHosts } from "./broker-settings.ts";
import { brokerDirectory, type Cluster, openCluster } from "./cluster-file.ts";
import { KeptBroker } from "./kept-broker.ts";
import { endLeftovers } from "./leftovers.ts";
import { type Order, OrderDesk } from "./orders.ts";
import { firstPort } from "./ports.ts";

export interface UpOptions {
  /** As many as the data hold, or else `brokersDefault`, where it is not given. */
  readonly brokers?: number;
  readonly port: number;
  readonly data: string;
  readonly ephemeral: boolean;
  readonly set?: readonly string[];
  readonly logLevel: string;
}

/**
 * Runs a cluster, a process for each broker: says when all of them serve, starts those again that die, and stops them on Ctrl-C. Resolves
 * to an exit code: that of a broker which could not even start the first time.
 */
export async function up(options: UpOptions): Promise<number> {
  const stopped = stopSignal();
  const data = options.ephemeral ? mkdtempSync(join(tmpdir(), "millrace-")) : resolve(options.data);
  mkdirSync(data, { recursive: true });
  if (options.ephemeral) say(`data in ${data}, until this command ends`);
  const brokers: KeptBroker[] = [];
  const desk = await OrderDesk.open(data, (order) => carryOut(brokers, order));
  try {
    const cluster = openCluster(data, options.brokers);
    await endLeftovers(cluster, data, say);
    brokers.push(...(await keptBrokers(cluster, data, options)));
    return await run(brokers, stopped);
  } finally {
    desk.close();
    if (options.ephemeral) rmSync(data, { recursive: true, force: true });
  }
}

async function keptBrokers(cluster: Cluster, data: string, options: UpOptions): Promise<KeptBroker[]> {
  const first = await firstPort(options.port, cluster.brokers, loopbackHosts());
  return Array.from({ length: cluster.brokers }, (_, index) => {
    const id = index + 1;
    const settings = [...brokerSettings({ cluster, data, firstPort: first }, id), ...(options.set ?? [])];
    const { clusterId } = cluster;
    return new KeptBroker({ id, directory: brokerDirectory(data, id), clusterId, settings, logLevel: options.logLevel, say });
  });
}

async function run(brokers: readonly KeptBroker[], stopped: Promise<"stopped">): Promise<number> {
  const outcome = await Promise.race([firstStart(brokers), stopped]);
  if (outcome !== "stopped" && "end" in outcome) sayWhy(outcome);
  else if (outcome !== "stopped") {
    console.log(`ready ${outcome.join(",")} console http://${outcome[0]}`);
    await stopped;
  }
  await Promise.all(brokers.map((broker) => broker.stop()));
  return outcome !== "stopped" && "end" in outcome ? (outcome.end.exitCode ?? exitCodes.failed) : exitCodes.ok;
}

interface FailedStart {
  readonly id: number;
  readonly end: End;
}

/** Resolves to an address of each broker, or to the first of them that cannot start. */
function firstStart(brokers: readonly KeptBroker[]): Promise<readonly string[] | FailedStart> {
  const starts = brokers.map(async (broker) => {
    const outcome = await broker.begin();
    if ("how" in outcome) throw { id: broker.id, end: outcome };
    return outcome[0]!; // the others are the same broker by IPv6
  });
  return Promise.all(starts).catch((failed: FailedStart) => failed);
}

function sayWhy({ id, end: { how, lastWords } }: FailedStart): void {
  for (const line of lastWords) console.error(line);
  say(`broker ${id} cannot start (${how})`);
}

async function carryOut(brokers: readonly KeptBroker[], { verb, broker: id }: Order): Promise<string> {
  const broker = brokers.find((each) => each.id === id);
  if (broker === undefined) throw new MillraceError("BROKER_ID_NOT_REGISTERED", { broker: id, brokers: brokers.length });
  const said = await broker[verb]();
  say(said);
  return said;
}

function say(text: string): void {
  console.error(`millrace: ${text}`);
}

function stopSignal(): Promise<"stopped"> {
  return new Promise((next) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => next("stopped"));
  });
}
