import type { Run } from "../run.ts";
import { ClientPool } from "./clients/client-pool.ts";
import { hasRetention } from "./cluster/settings.ts";
import { Model } from "./model/model.ts";
import type { Stage, StageParts } from "./stage.ts";

/** The stage of a run, with nobody on it yet. */
export function stageOfRun(run: Run, parts: StageParts): Stage {
  const { world, later, lasting, marks, hash, fail, afterEvents, areFaultsOver } = run;
  const { settings, clients, world: usual } = parts.plan;
  return {
    ...parts,
    usual,
    world,
    later,
    lasting,
    marks,
    hash,
    fail,
    afterEvents,
    areFaultsOver,
    model: new Model(settings["millrace.durability"] === "synced"),
    mayRetire: hasRetention(settings),
    clients: new ClientPool(clients),
    begun: () => void run.operations++,
  };
}
