import * as fc from "fast-check";
import { bootstrapSnapshot } from "@millrace/metadata";
import { formatQuorum, openQuorum } from "@millrace/raft";
import type { Runtime } from "@millrace/runtime";
import { simulatedWorld } from "@millrace/runtime/simulated";
import { type BrokerKey, Configuration, MiB } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { type Controller, openController } from "../src/index.ts";
import { newTopic, registration, wordsOf } from "./support/requests.ts";
import { clusterId, self, strict, voters } from "./support/world.ts";

const written = new Map<BrokerKey, unknown>([["metadata.log.max.record.bytes.between.snapshots", 400]]);

/** A controller on one runtime, formatted when it starts for the first time. */
async function start(runtime: Runtime): Promise<Controller> {
  const { clock, random } = runtime;
  const kv = await runtime.kv.open("raft", { bytesMax: 64 * MiB });
  if ([...kv.range({ limit: 1 })].length === 0)
    await formatQuorum(kv, { clusterId, self, voters, bootstrap: bootstrapSnapshot(new Map()) });
  const quorum = await openQuorum({ kv, clock, logger: strict, clusterId, self, voters: [], onFailure() {} });
  return openController({
    quorum,
    clusterId,
    nodeId: self.nodeId,
    configuration: new Configuration(written),
    clock,
    random,
    logger: strict,
  });
}

/** Creates one topic after the other, and notes what was answered. */
async function live(runtime: Runtime, life: number, answered: string[]): Promise<void> {
  const controller = await start(runtime);
  for (const name of answered) expect(controller.image.topics.byName(name)?.partitions).toHaveLength(2);
  await controller.registerBroker(registration(wordsOf(`1 life=${life} stop=crashed`)));
  for (let count = 0; ; count++) {
    const name = `topic-${life}-${count}`;
    await controller.createTopics([newTopic(wordsOf(`${name} partitions=2 rf=1`))], { validateOnly: false });
    answered.push(name);
  }
}

const death = fc.record({ afterMs: fc.integer({ min: 1, max: 60 }), cause: fc.constantFrom("killed" as const, "power cut" as const) });

test("a process that is killed, or loses its power, at any moment comes back with all that it answered", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(death, { minLength: 1, maxLength: 5 }), async (seed, deaths) => {
      const world = simulatedWorld(seed);
      const answered: string[] = [];
      let runtime = world.process("one");
      for (const [life, { afterMs, cause }] of deaths.entries()) {
        const broken = live(runtime, life, answered);
        await Promise.race([world.run(world.nowMs + afterMs), broken]);
        world.crash("one", cause);
        runtime = world.restart("one");
      }
      const controller = await world.drive(start(runtime));
      expect(answered.filter((name) => controller.image.topics.byName(name)?.partitions.length !== 2)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
