import { describe, test } from "vitest";
import {
  clockSuite,
  conformanceTasks,
  diskSuite,
  kvSuite,
  randomSuite,
  socketsSuite,
  type SocketsWorld,
  workSuite,
} from "../src/conformance/index.ts";
import { realClock, RealDisk, RealKvStores, realRandom, realSockets, RealWork } from "../src/real/index.ts";
import type { SimulatedWorld } from "../src/simulated/index.ts";
import { freeAddress, ListeningSockets } from "./real-sockets.ts";
import { inDirectory, inSimulatedWorld, seeds } from "./worlds.ts";

describe("real clock", () => clockSuite(test, (prove) => prove({ clock: realClock })));
describe("real random", () => randomSuite(test, (prove) => prove({ random: realRandom })));
describe("real disk", () => diskSuite(test, (prove) => inDirectory((directory) => prove({ disk: new RealDisk(), directory }))));
describe("real kv", () =>
  kvSuite(test, (prove) => inDirectory((directory) => prove({ stores: new RealKvStores(), path: `${directory}/store.v1` }))));

describe("real sockets", () =>
  socketsSuite(test, async (prove) => {
    const sockets = new ListeningSockets(realSockets);
    try {
      await prove({
        clock: realClock,
        server: sockets,
        client: sockets,
        listenAt: { host: "127.0.0.1", port: 0 },
        nobodyAt: await freeAddress(),
      });
    } finally {
      await sockets.close();
    }
  }));

describe("real work", () =>
  workSuite(test, async (prove) => {
    const work = new RealWork({ entry: new URL("./work-entry.ts", import.meta.url), size: 2 });
    try {
      await prove({ work });
    } finally {
      await work.close();
    }
  }));

function socketsIn(world: SimulatedWorld): SocketsWorld {
  const [server, client] = [world.process("server"), world.process("client")];
  return {
    clock: client.clock,
    server: server.sockets,
    client: client.sockets,
    listenAt: { host: "server", port: 0 },
    nobodyAt: { host: "server", port: 9 },
  };
}

for (const seed of seeds) {
  describe(`simulated by seed ${seed}`, () => {
    clockSuite(
      test,
      inSimulatedWorld(seed, (world) => world.process("a")),
    );
    randomSuite(
      test,
      inSimulatedWorld(seed, (world) => world.process("a")),
    );
    diskSuite(
      test,
      inSimulatedWorld(seed, async (world) => {
        const { disk } = world.process("a");
        await disk.makeDirectory("/data");
        return { disk, directory: "/data" };
      }),
    );
    kvSuite(
      test,
      inSimulatedWorld(seed, (world) => ({ stores: world.process("a").kv, path: "/data/store" })),
    );
    socketsSuite(test, inSimulatedWorld(seed, socketsIn));
    workSuite(
      test,
      inSimulatedWorld(seed, (world) => world.process("a"), { tasks: conformanceTasks }),
    );
  });
}
