import type { Address, Listener, Socket, Sockets } from "../ports/sockets.ts";
import type { Life } from "./life.ts";
import type { Network } from "./network.ts";
import { SimulatedSocket } from "./socket.ts";
import type { WireEnd } from "./wire.ts";

/** Byte streams over the simulated network, as one process sees them. */
export class SimulatedSockets implements Sockets {
  readonly #life: Life;
  readonly #network: Network;

  constructor(life: Life, network: Network) {
    this.#life = life;
    this.#network = network;
  }

  listen(address: Address, accept: (socket: Socket) => void): Promise<Listener> {
    return this.#life.settle(0, () => {
      const accepted = (end: WireEnd, remote: Address, local: Address) => {
        const socket = this.#socket(end, local, remote);
        this.#life.deliver(() => accept(socket));
      };
      const listening = this.#network.listen(this.#life, address, "bytes", accepted);
      return { address: listening.address, close: () => this.#life.settle(0, listening.close) };
    });
  }

  connect(address: Address, { timeoutMs }: { timeoutMs: number }): Promise<Socket> {
    return new Promise((resolve, reject) => {
      this.#network.dial(this.#life, address, "bytes", timeoutMs, {
        established: (end, local) => resolve(this.#socket(end, local, address)),
        failed: reject,
      });
    });
  }

  #socket(wire: WireEnd, local: Address, remote: Address): SimulatedSocket {
    const chance = this.#network.link(this.#life.name, remote.host).chance;
    return new SimulatedSocket({ life: this.#life, wire, local, remote, chance, splitPpm: () => this.#network.faults.splitPpm });
  }
}
