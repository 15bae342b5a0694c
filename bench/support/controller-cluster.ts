import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectClient, type Mill } from "@millrace/client";
import { millracePeer } from "./node-peers.ts";
import { freePort, type Peer, type PeerOptions } from "./peer.ts";
import { PeerProcess } from "./peer-process.ts";

const clusterId = "YmVuY2gtY29udHJvbGxlcg";
const controllerIds = [101, 102, 103] as const;
const lookMs = 10;
/** A controller that is back takes part again after so long, many times over. */
const rejoinMs = 500;

/** Three controllers and a broker, each a process of the bundle. They end at the latest with this process. */
export class ControllerCluster {
  readonly broker: PeerProcess;
  readonly #mill: Mill;
  readonly #controllers: Map<number, PeerProcess>;
  /** Processor time of controllers that have been killed. */
  #goneCpuMs = 0;

  private constructor(broker: PeerProcess, controllers: Map<number, PeerProcess>) {
    this.broker = broker;
    this.#controllers = controllers;
    this.#mill = connectClient(broker.peer.bootstrap, { signals: false });
  }

  static async start(options: PeerOptions): Promise<ControllerCluster> {
    const addresses = new Map<number, string>();
    for (const id of controllerIds) addresses.set(id, `127.0.0.1:${await freePort()}`);
    const voters = `controller.quorum.voters=${[...addresses].map(([id, address]) => `${id}@${address}`).join(",")}`;
    const controllers = new Map<number, PeerProcess>();
    for (const [id, address] of addresses) controllers.set(id, PeerProcess.spawn(await controllerPeer(id, address, voters, options)));
    const settings = ["process.roles=broker", voters, ...(options.settings ?? [])];
    const peer = await millracePeer("millrace", undefined, { ...options, settings });
    const broker = await PeerProcess.start({ ...peer, command: [...peer.command, "--cluster-id", clusterId] });
    return new ControllerCluster(broker, controllers);
  }

  /** Processor time of all four, in all their lives. */
  get cpuMs(): number {
    return [this.broker, ...this.#controllers.values()].reduce((sum, { cpuMs }) => sum + cpuMs, this.#goneCpuMs);
  }

  /** Kills the active controller and gives its number. */
  async killActive(): Promise<number> {
    const { controller } = await this.#mill.admin.describeCluster();
    if (controller === undefined) throw new Error("no controller is active");
    const active = this.#controllers.get(controller)!;
    this.#goneCpuMs += active.cpuMs;
    await active.stop("SIGKILL");
    return controller;
  }

  /** Starts one again that was killed, and resolves when it takes part. */
  async restart(id: number): Promise<void> {
    const { peer } = this.#controllers.get(id)!;
    const running = PeerProcess.spawn(peer);
    this.#controllers.set(id, running);
    while (!(await listens(peer.bootstrap))) {
      running.checkAlive();
      await sleep(lookMs);
    }
    await sleep(rejoinMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#mill.close();
    await this.broker.stop();
    await Promise.all([...this.#controllers.values()].map((controller) => controller.stop()));
  }
}

async function controllerPeer(id: number, address: string, voters: string, { settings = [], nodeOptions }: PeerOptions): Promise<Peer> {
  const own = [`node.id=${id}`, "process.roles=controller", `listeners=CONTROLLER://${address}`, voters];
  const peer = await millracePeer(`controller-${id}`, undefined, { settings: [...settings, ...own], ...(nodeOptions && { nodeOptions }) });
  return { ...peer, bootstrap: address, command: [...peer.command, "--cluster-id", clusterId] };
}

async function listens(address: string): Promise<boolean> {
  const [host, port] = address.split(":");
  const socket = connect({ host: host!, port: Number(port) });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
