import { drawBrokerPlan, type BrokerPlan } from "../brokers/plan.ts";
import { simulate } from "../index.ts";

/** A run to be timed: nothing goes wrong, and so many clients ask so often. Long enough that what grows with a run would show. */
interface Load {
  readonly name: string;
  readonly clients: number;
  readonly pauseMs: readonly [number, number];
  readonly safetyMs: number;
}

const loads: readonly Load[] = [
  { name: "as busy as it gets", clients: 5, pauseMs: [1, 1], safetyMs: 30_000 },
  { name: "200 operations a second", clients: 5, pauseMs: [20, 30], safetyMs: 120_000 },
  { name: "idle", clients: 1, pauseMs: [60_000, 60_000], safetyMs: 36_000_000 },
];

/**
 * Times three runs with every check on and prints events and virtual seconds for each real one; comes back with the exit code. An event is
 * one thing that the world lets happen: a timer fires, an operation of a disk or a store ends, a message arrives.
 */
export async function speed(): Promise<number> {
  for (const load of loads) {
    const plan = planOf(load);
    const startedMs = performance.now();
    const startedCpu = process.cpuUsage();
    const { events, operations, virtualMs, failure } = await simulate(plan);
    const seconds = (performance.now() - startedMs) / 1_000;
    const { user, system } = process.cpuUsage(startedCpu);
    const rate = Math.round(operations / (load.safetyMs / 1_000));
    const inAll = `${Math.round(events / seconds)} events/s (${Math.round(events / ((user + system) / 1e6))} per second of CPU)`;
    const figures = `${inAll}, ${Math.round(virtualMs / 1_000 / seconds)} x real time, ${rate} operations/s`;
    console.log(`${load.name.padEnd(24)} ${figures}${failure === undefined ? "" : ` FAILED ${failure.text}`}`);
    if (failure !== undefined) return 1;
  }
  return 0;
}

function planOf({ clients, pauseMs, safetyMs }: Load): BrokerPlan {
  const plan = drawBrokerPlan(1);
  const weights = { ...plan.weights, produce: 20, fetch: 20, "create topic": 1, "delete topic": 0, replay: 0, "produce ahead of time": 0 };
  // Segments that are rarely closed: how logs are cut up is not what is timed.
  const settings = { "log.retention.bytes": 65_536, "log.segment.bytes": 16_384, "log.retention.check.interval.ms": 1_000 };
  return { ...plan, clients, pauseMs, safetyMs, weights, settings, world: {}, faults: [] };
}
