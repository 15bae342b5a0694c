import { type Fault, lasting } from "../../faults/fault.ts";
import type { FaultScene } from "./fault.ts";

/** What networks do: bytes wait, come late or in pieces, and connections break. */
export const networkFaults = {
  "slow link": {
    does: "the way to or from one client takes up to half a second",
    strike: (scene) => {
      const { stage, chance, node, client } = scene;
      const way = chance.hits(500_000) ? ([client, node.name] as const) : ([node.name, client] as const);
      return lasting(
        scene,
        [500, 8_000],
        () => stage.world.delay(...way, [1_000, chance.pick([20_000, 500_000])]),
        () => stage.world.delay(...way, undefined),
      );
    },
  },
  "requests are cut off": {
    does: "nothing of one client's arrives at the broker, whose answers still come",
    strike: (scene) => {
      const { stage, node, client } = scene;
      return lasting(
        scene,
        [200, 12_000],
        () => stage.world.cut(client, node.name),
        () => stage.world.heal(client, node.name),
      );
    },
  },
  "answers are cut off": {
    does: "what one client asks arrives, and no answer comes back",
    strike: (scene) => {
      const { stage, node, client } = scene;
      return lasting(
        scene,
        [200, 12_000],
        () => stage.world.cut(node.name, client),
        () => stage.world.heal(node.name, client),
      );
    },
  },
  "client is isolated": {
    does: "one client and the broker are cut off from each other, both ways",
    strike: (scene) => {
      const { stage, node, client } = scene;
      const sides = [[client], [node.name]] as const;
      return lasting(
        scene,
        [200, 12_000],
        () => stage.world.partition(...sides),
        () => stage.world.reunite(...sides),
      );
    },
  },
  "broker is isolated": {
    does: "no client reaches the broker",
    strike: (scene) => {
      const { stage, node } = scene;
      const sides = [stage.clients.names, [node.name]] as const;
      return lasting(
        scene,
        [200, 6_000],
        () => stage.world.partition(...sides),
        () => stage.world.reunite(...sides),
      );
    },
  },
  "connections break": {
    does: "every connection between one client and the broker is reset",
    strike: ({ stage, node, client }) => {
      stage.world.breakConnections(client, node.name);
      return true;
    },
  },
  "bytes in pieces": {
    does: "what is sent comes in pieces, cut at any byte",
    strike: (scene) => {
      const { world } = scene.stage;
      return lasting(
        scene,
        [500, 5_000],
        () => world.changeNetwork({ splitPpm: 900_000 }),
        () => world.changeNetwork({ splitPpm: 50_000 }),
      );
    },
  },
} as const satisfies Record<string, Fault<FaultScene>>;
