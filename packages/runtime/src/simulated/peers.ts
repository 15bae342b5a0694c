import type { PeerChannel, PeerListener, PeerMethod, Peers } from "../ports/peers.ts";
import type { Address } from "../ports/sockets.ts";
import type { Life } from "./life.ts";
import type { Network } from "./network.ts";
import { SimulatedPeerChannel } from "./peer-channel.ts";
import { SimulatedPeerListener } from "./peer-listener.ts";

/** Calls and streams over the simulated network, as one process sees them. */
export class SimulatedPeers implements Peers {
  readonly #life: Life;
  readonly #network: Network;

  constructor(life: Life, network: Network) {
    this.#life = life;
    this.#network = network;
  }

  channel(address: Address): PeerChannel {
    return new SimulatedPeerChannel(this.#life, this.#network, address);
  }

  serve(address: Address, methods: readonly PeerMethod[]): Promise<PeerListener> {
    return this.#life.settle(0, () => {
      const listener = new SimulatedPeerListener(this.#life, methods);
      listener.listeningAt(
        this.#network.listen(this.#life, address, "messages", (wire, remote, local) => listener.accept(wire, remote, local)),
      );
      return listener;
    });
  }
}
