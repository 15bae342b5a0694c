import type { Target } from "../model/replicas-model.ts";
import type { ReplicaClient } from "../replica-client.ts";

/** One of the partitions that stand; undefined where there is none. */
export function drawTarget({ stage, chance }: ReplicaClient): Target | undefined {
  const { targets } = stage.model;
  return targets.length === 0 ? undefined : chance.pick(targets);
}
