import { BrokerId, MillraceError } from "@millrace/vocabulary";
import type { Fault } from "../../faults/fault.ts";
import type { ReplicasScene } from "./scene.ts";

/** What operators do to a cluster while everything else happens to it. */
export const operatorFaults = {
  "rolling restart": {
    does: "every broker stops in order and starts again, one after the other",
    strike: ({ stage, chance }) => {
      const apartMs = chance.pick([500, 3_000]);
      stage.cluster.nodes.forEach((node, index) =>
        stage.later(index * apartMs, () => {
          if (node.isServing && !stage.areFaultsOver()) node.stop(10_000, 0);
        }),
      );
      return true;
    },
  },
  drain: {
    does: "whatever one broker holds is moved to others",
    strike: ({ stage, node, chance }) => {
      const { broker } = chance.pick(stage.cluster.nodes);
      if (broker === undefined) return false;
      const number = BrokerId(stage.cluster.nodes.indexOf(node) + 1);
      broker.controller.drainBroker(number).catch((error: unknown) => {
        if (!(error instanceof MillraceError)) stage.run.fail(error);
      });
      return true;
    },
  },
} as const satisfies Record<string, Fault<ReplicasScene>>;
