import { Client } from "../brokers/clients/client.ts";
import { Unanswered } from "../brokers/clients/connection.ts";
import { converge as convergeBrokers, heal as healBrokers } from "../brokers/liveness.ts";
import { listTopics } from "../brokers/operations/topics.ts";
import { probeOnce } from "../brokers/operations/probe.ts";
import { chanceOf } from "../brokers/stage.ts";
import { healMachine, healNetwork, healWays } from "../healing.ts";
import type { ControllerNode } from "./controller-node.ts";
import type { ControllersStage } from "./stage.ts";

/** Once nothing is broken any more, a topic can be made and written to after so long: restarts, elections, a new session. */
const goesOnWithinMs = 30_000;
/** And all controllers that are left know what the broker knows after so long. */
const levelWithinMs = 10_000;
const againMs = 100;

/**
 * The end of a run: the broker and a random majority of the controllers heal, the other controller stays cut off for ever. A topic must come
 * about and take a record, everything that was acknowledged must be there, and all must know the same of it.
 */
export async function converge(stage: ControllersStage): Promise<void> {
  const { run, cluster } = stage;
  heal(stage);
  healBrokers(stage.brokers);
  const core = drawCore(stage);
  const goesOn = { isDone: false };
  makeAndWrite(stage).then(
    () => (goesOn.isDone = true),
    (error: unknown) => run.fail(error),
  );
  await run.until(() => goesOn.isDone, goesOnWithinMs, "L2");
  await convergeBrokers(stage.brokers);
  const isLevel = () => core.every(({ life }) => (life?.controller.image.offset ?? -1) >= (cluster.broker.broker?.image.offset ?? 0));
  await run.until(isLevel, levelWithinMs, "L3");
}

/** Two of the three; but all of them where it may be that nobody has led yet: a quorum is born when all have met. */
function drawCore({ cluster, brokers, world }: ControllersStage): readonly ControllerNode[] {
  const { broker, controllers } = cluster;
  if (!broker.hasServed) return controllers;
  const lost = chanceOf(brokers, "core").pick(controllers);
  const core = controllers.filter((node) => node !== lost);
  world.partition(
    [lost.name],
    [broker, ...core].map(({ name }) => name),
  );
  return core;
}

/** Takes back what lasts between the machines, and on those of controllers; what is the broker's own is taken back with its clients. */
function heal({ world, cluster: { nodes } }: ControllersStage): void {
  const names = nodes.map(({ name }) => name);
  for (const name of names) healMachine(world, name);
  healWays(world, names);
  healNetwork(world);
}

/** A client that was never part of it makes a topic and writes to it, as often as it takes. */
async function makeAndWrite({ brokers }: ControllersStage): Promise<void> {
  const client = new Client(brokers, "newcomer", 0);
  const name = "afterwards";
  for (;;) {
    try {
      const wanted = { name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
      await client.ask("CreateTopics", 7, { topics: [wanted] });
      await listTopics(client);
      const topic = brokers.model.standing.find((each) => each.name === name);
      const [partition] = topic?.partitions ?? [];
      if (topic !== undefined && partition !== undefined && (await probeOnce(client, { topic, partition })) === "NONE") return;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
    }
    await client.pause(againMs);
  }
}
