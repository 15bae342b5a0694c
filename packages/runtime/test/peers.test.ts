import { describe, test } from "vitest";
import { peersSuite, type PeersWorld } from "../src/conformance/index.ts";
import type { SimulatedWorld } from "../src/simulated/index.ts";
import { inSimulatedWorld, seeds } from "./worlds.ts";

function peersIn(world: SimulatedWorld): PeersWorld {
  const [server, client] = [world.process("server"), world.process("client")];
  return {
    clock: client.clock,
    server: server.peers,
    client: client.peers,
    serveAt: { host: "server", port: 0 },
    nobodyAt: { host: "server", port: 9 },
    channelTo: async (listener) => client.peers.channel({ host: "server", port: listener.address.port }),
    breakConnections: () => world.breakConnections("client", "server"),
  };
}

for (const seed of seeds) {
  describe(`simulated peers, seed ${seed}`, () => peersSuite(test, inSimulatedWorld(seed, peersIn)));
}
