import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTopic } from "../../e2e/support/topics.ts";
import { WireClient } from "../../e2e/support/wire-client.ts";
import { oneRecord } from "./first-ack.ts";
import { ownBundle } from "./node-peers.ts";
import { freePort, peerFolder, type PeerOptions } from "./peer.ts";
import { processFigures, type ProcessFigures } from "./process-figures.ts";
import { TimedProducer } from "./timed-producer.ts";
import { prepareTrio } from "./trio-peers.ts";

/** After so long what was asked to stop is killed. */
const stopMaxMs = 60_000;
const retryMs = 5;

/** Three brokers of one cluster on this machine, which can be started and stopped as often as wanted, always on the same data. */
export interface StartableCluster {
  readonly name: string;
  /** `host:port` of each. */
  readonly addresses: readonly string[];
  /** What is started, all at once: programs and arguments. */
  readonly commands: readonly (readonly string[])[];
  /** The processes that are brokers, once they run. */
  readonly brokerPids: (children: readonly ChildProcess[]) => readonly number[];
}

/** Millrace by one command, `millrace up`; Kafka as three processes. */
export async function startableCluster(target: string, options: PeerOptions): Promise<StartableCluster> {
  return target === "millrace" ? upCluster(options) : kafkaCluster(target, options);
}

async function upCluster({ settings = [], nodeOptions = [] }: PeerOptions): Promise<StartableCluster> {
  const [data, port] = [join(peerFolder("up"), "data"), await freePort()];
  const set = settings.flatMap((setting) => ["--set", setting]);
  const up = ["up", "--brokers", "3", "--port", String(port), "--data", data, "--log-level", "warn", ...set];
  const pidOf = (id: number) => Number(readFileSync(join(data, `broker-${id}/pid`), "utf8"));
  return {
    name: "millrace",
    addresses: [0, 1, 2].map((index) => `127.0.0.1:${port + index}`),
    commands: [[process.execPath, ...nodeOptions, ownBundle, ...up]],
    brokerPids: () => [1, 2, 3].filter((id) => existsSync(join(data, `broker-${id}/pid`))).map(pidOf),
  };
}

async function kafkaCluster(target: string, options: PeerOptions): Promise<StartableCluster> {
  const straight = { before: async (_: number, port: number) => port };
  const peers = [...(await prepareTrio(target, straight, options)).values()];
  return {
    name: target,
    addresses: peers.map(({ bootstrap }) => bootstrap),
    commands: peers.map(({ command }) => command),
    brokerPids: (children) => children.map(({ pid }) => pid!),
  };
}

/** A cluster that was started. It ends at the latest with this process. */
export class StartedCluster {
  readonly #cluster: StartableCluster;
  readonly #children: readonly ChildProcess[];

  constructor(cluster: StartableCluster) {
    this.#cluster = cluster;
    this.#children = cluster.commands.map(([program, ...args]) => spawn(program!, args, { stdio: "ignore" }));
    process.prependOnceListener("exit", this.#kill);
  }

  /** Of every broker. */
  get figures(): readonly ProcessFigures[] {
    return this.#cluster.brokerPids(this.#children).map(processFigures);
  }

  /** Creates a topic with a replica on each, and resolves when that is done; the brokers may still start. */
  async createTopic(topic: string): Promise<void> {
    await this.#patiently(async (address) => {
      using client = await WireClient.connect(address);
      await createTopic(client, topic, { replicationFactor: this.#cluster.addresses.length, configs: { "min.insync.replicas": "2" } });
    });
  }

  /** Tries one broker after the other until a record is acknowledged by one. */
  async firstAck(topic: string): Promise<void> {
    await this.#patiently(async (address) => {
      using producer = await TimedProducer.connect(address, oneRecord(topic));
      await producer.send();
    });
  }

  /** Stops all processes in order. */
  async stop(): Promise<void> {
    process.off("exit", this.#kill);
    const ended = this.#children.filter(isAlive).map((child) => once(child, "exit"));
    for (const child of this.#children) child.kill("SIGTERM");
    const killing = setTimeout(this.#kill, stopMaxMs);
    await Promise.all(ended);
    clearTimeout(killing);
  }

  /** Asks one broker after the other until one does it. Throws when a process has ended. */
  async #patiently(work: (address: string) => Promise<void>): Promise<void> {
    const { addresses } = this.#cluster;
    for (let turn = 0; ; turn++) {
      this.#checkAlive();
      try {
        return await work(addresses[turn % addresses.length]!);
      } catch {
        await sleep(retryMs); // nobody listens yet, or another one leads
      }
    }
  }

  readonly #kill = (): void => {
    for (const child of this.#children) child.kill("SIGKILL");
  };

  #checkAlive(): void {
    const ended = this.#children.find((child) => !isAlive(child));
    if (ended !== undefined) throw new Error(`${this.#cluster.name} ended (${ended.signalCode ?? ended.exitCode})`);
  }
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
