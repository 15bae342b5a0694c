import { codeOf } from "@millrace/vocabulary";
import { type Fault, lasting } from "../../faults/fault.ts";
import type { ControllersScene } from "./scene.ts";

/** What becomes of the lead, and of all controllers at once. */
export const leadFaults = {
  "lead is handed over": {
    does: "an operator has another controller lead, or the same one again",
    strike: ({ whole, chance }) => {
      const { cluster, run } = whole;
      const life = cluster.leader?.life;
      if (life === undefined) return false;
      const to = chance.pick(life.state.sets.current.voters);
      life.runtime.clock.timer(0, () => {
        life.quorum.transfer(to).catch((error: unknown) => codeOf(error) === undefined && run.fail(error));
      });
      return true;
    },
  },
  "broker and leader apart": {
    does: "the broker and the controller that leads are cut off from each other, and both reach all others",
    strike: (scene) => {
      const { cluster, world } = scene.whole;
      const { broker, leader } = cluster;
      if (leader === undefined) return false;
      const sides = [[broker.name], [leader.name]] as const;
      return lasting(
        scene,
        [200, 12_000],
        () => world.partition(...sides),
        () => world.reunite(...sides),
      );
    },
  },
  "broker reaches no controller": {
    does: "the broker is cut off from all controllers, and not from its clients",
    strike: (scene) => {
      const { cluster, world } = scene.whole;
      const sides = [[cluster.broker.name], cluster.controllers.map(({ name }) => name)] as const;
      return lasting(
        scene,
        [200, 12_000],
        () => world.partition(...sides),
        () => world.reunite(...sides),
      );
    },
  },
  "kill of all controllers": {
    does: "every controller's process dies at once",
    strike: ({ whole, chance }) => {
      for (const node of whole.cluster.controllers) node.crash("killed", chance.pick([0, 50, 1_000]));
      return true;
    },
  },
  "power cut of all": {
    does: "every machine loses its power at once",
    strike: ({ whole, chance }) => {
      for (const node of whole.cluster.nodes) node.crash("power cut", chance.pick([0, 50, 1_000]));
      return true;
    },
  },
} as const satisfies Record<string, Fault<ControllersScene>>;
