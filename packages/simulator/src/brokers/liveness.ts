import { TopicId } from "@millrace/vocabulary";
import { Client } from "./clients/client.ts";
import { Unanswered } from "./clients/connection.ts";
import type { BrokerNode } from "./cluster/broker-node.ts";
import { fetchFrom } from "./operations/fetch.ts";
import { listTopics } from "./operations/topics.ts";
import { probeTopic } from "./operations/probe.ts";
import type { Target } from "./operations/target.ts";
import { chanceOf, type Stage } from "./stage.ts";
import { healMachine, healNetwork } from "../healing.ts";
import { holds } from "../violation.ts";

/** Once the core is healed, its broker serves after so long: recovery, a restart or two, what was slow and still ends. */
const servesWithinMs = 30_000;
const stopsWithinMs = 5_000;
/** And it has answered whatever is asked of it after so long. */
const answersWithinMs = 60_000;

/**
 * The end of a run: a core, which is the brokers and some of the clients, heals; the other clients stay cut off for ever. The core must
 * serve within its bound, answer whatever it is asked, and hold everything that it ever acknowledged and must not have lost.
 */
export async function converge(stage: Stage): Promise<void> {
  const { world, clients } = stage;
  heal(stage);
  const chance = chanceOf(stage, "core");
  for (const name of clients.names) {
    if (chance.hits(500_000)) clients.stop(name);
    else
      world.partition(
        [name],
        stage.cluster.nodes.map((node) => node.name),
      );
  }
  await world.run(world.nowMs + servesWithinMs / 2);
  for (const node of stage.cluster.nodes) if (!holdsEverything(node)) node.stop(stopsWithinMs, 0);
  await world.run(world.nowMs + servesWithinMs / 2);
  for (const node of stage.cluster.nodes) holds(node.broker !== undefined, "L1", { node: node.name, servesWithinMs });
  const audit = { isDone: false };
  auditAll(stage).then(
    () => (audit.isDone = true),
    (error: unknown) => stage.fail(error),
  );
  const untilMs = world.nowMs + answersWithinMs;
  while (!audit.isDone && world.nowMs < untilMs) await world.run(world.nowMs + 100);
  holds(audit.isDone, "L2", { answersWithinMs });
}

/**
 * Whether every partition that the metadata gives to a broker is open. One whose log could not be opened at the start, for want of room
 * say, stays closed until the broker starts again: an operator must do that.
 */
function holdsEverything({ broker }: BrokerNode): boolean {
  if (broker === undefined) return true;
  for (const { id, partitions } of broker.image.topics.all())
    if (partitions.some(({ index }) => broker.replicas.partition(id, index) === undefined)) return false;
  return true;
}

/** Takes back everything that lasts: the disk, the clock and the network are as on a quiet day. */
export function heal({ world, cluster, clients }: Stage): void {
  for (const { name } of cluster.nodes) {
    healMachine(world, name);
    world.reunite(clients.names, [name]);
    for (const client of clients.names) {
      world.delay(client, name, undefined);
      world.delay(name, client, undefined);
    }
  }
  for (const client of clients.names) world.resume(client);
  healNetwork(world);
}

/** A client that was never part of it asks for everything, and writes to everything. */
async function auditAll(stage: Stage): Promise<void> {
  const auditor = new Client(stage, "auditor", 0);
  try {
    await listTopics(auditor);
    for (const topic of stage.model.standing) {
      for (const partition of topic.partitions) {
        if (partition.isDamaged || topic.isDoomed) continue;
        await probeTopic(auditor, { topic, partition });
        await readAll(auditor, { topic, partition });
      }
    }
  } catch (error) {
    if (error instanceof Unanswered) holds(false, "L2", { api: error.api, isTimeout: error.isTimeout });
    throw error;
  }
}

/** Reads from the log start on: everything that was acknowledged is there, unless another client deletes the topic meanwhile. */
async function readAll(auditor: Client, target: Target): Promise<void> {
  const { topic, partition } = target;
  if (topic.isDoomed) return;
  const log = auditor.stage.cluster.nodes[0]!.broker!.directory.log(TopicId(partition.topicId), partition.index);
  holds(log !== undefined, "L2", { partition: partition.name, reason: "its log is not open" });
  let at: number = log.logStart;
  const end = partition.committedEnd;
  while (at < end) {
    const next = await fetchFrom(auditor, target, at);
    if (topic.isDoomed) return;
    // Others may delete records meanwhile; what they did not is there.
    holds(next !== undefined || log.logStart > at, "P8", { partition: partition.name, at, end, logStart: log.logStart });
    at = next ?? log.logStart;
  }
}
