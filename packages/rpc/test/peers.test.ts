import { grpcPeers } from "@millrace/rpc";
import type { PeerChannel, PeerListener, Peers } from "@millrace/runtime";
import { type InWorld, openRelay, type PeersWorld, type Relay, peersSuite } from "@millrace/runtime/conformance";
import { realClock, realSockets } from "@millrace/runtime/real";
import { test } from "vitest";

const anyPort = { host: "127.0.0.1", port: 0 };

/** Real peers in one process, with a relay between them that can break connections. */
const inRealWorld: InWorld<PeersWorld> = async (prove) => {
  const world = new RealPeersWorld();
  try {
    world.nobodyAt = await freeAddress();
    await prove(world);
  } finally {
    await world.close();
  }
};

class RealPeersWorld implements PeersWorld {
  readonly clock = realClock;
  readonly serveAt = anyPort;
  nobodyAt = anyPort;
  readonly client: Peers;
  readonly server: Peers;
  readonly #relays: Relay[] = [];
  readonly #channels: PeerChannel[] = [];
  readonly #listeners: PeerListener[] = [];

  constructor() {
    const peers = grpcPeers();
    this.client = { ...peers, channel: (address) => this.#keep(this.#channels, peers.channel(address)) };
    this.server = {
      channel: (address) => peers.channel(address),
      serve: async (address, methods) => this.#keep(this.#listeners, await peers.serve(address, methods)),
    };
  }

  async channelTo(listener: PeerListener): Promise<PeerChannel> {
    const relay = this.#keep(this.#relays, await openRelay(realSockets, anyPort, listener.address));
    return this.client.channel(relay.address);
  }

  breakConnections(): void {
    for (const relay of this.#relays) relay.sever();
  }

  async close(): Promise<void> {
    for (const channel of this.#channels) channel.close();
    for (const listener of this.#listeners) await listener.close(0);
    for (const relay of this.#relays) await relay.close();
  }

  #keep<Thing>(kept: Thing[], thing: Thing): Thing {
    kept.push(thing);
    return thing;
  }
}

/** An address that was free a moment ago. */
async function freeAddress() {
  const listener = await realSockets.listen(anyPort, (socket) => socket.destroy());
  await listener.close();
  return listener.address;
}

peersSuite(test, inRealWorld);
