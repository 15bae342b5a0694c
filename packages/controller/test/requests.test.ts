import * as fc from "fast-check";
import { bootstrapSnapshot, imageHash } from "@millrace/metadata";
import { formatQuorum } from "@millrace/raft";
import { MemoryKv } from "@millrace/raft/testing";
import { BrokerId, type BrokerKey, MillraceError } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import type { Controller } from "../src/index.ts";
import { begin, Reference } from "./support/life.ts";
import { configChange, morePartitions, newTopic, registration, wordsOf } from "./support/requests.ts";
import { clusterId, self, settle, voters } from "./support/world.ts";

const names = ["a.b", "a_b", "orders", "payments", "__consumer_offsets"];

/** A request, by words: most of them can be granted now and then. */
const request = fc
  .record({
    kind: fc.constantFrom("create", "assign", "delete", "more", "alter", "alterBroker", "ids", "stop", "register"),
    a: fc.nat(20),
    b: fc.nat(20),
  })
  .map(({ kind, a, b }) => ({ kind, name: names[a % names.length]!, id: 1 + (a % 3), a, b }));

type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

async function carryOut(controller: Controller, { kind, name, id, a, b }: Request): Promise<unknown> {
  const options = { validateOnly: a === 0 };
  const broker = controller.image.brokers.get(BrokerId(id));
  switch (kind) {
    case "create":
      return controller.createTopics([newTopic(wordsOf(`${name} partitions=${1 + (b % 4)} rf=${1 + (b % 2)} retention.ms=${b}`))], options);
    case "assign":
      return controller.createTopics(
        [newTopic(wordsOf(`${name} assign=${id},${1 + (id % 3)}/${1 + (id % 3)},${id}`)), newTopic(wordsOf("extra"))],
        options,
      );
    case "delete":
      return controller.deleteTopics([...controller.image.topics.all()].slice(0, 2).map((topic) => topic.id));
    case "more":
      return controller.createPartitions([morePartitions(wordsOf(`${name} total=${b}`))], options);
    case "alter":
      return controller.alterConfigs(
        [configChange(`topic:${name} ${b % 2 === 0 ? "merge" : "replace"} retention.ms=${b} cleanup.policy+=compact`)],
        options,
      );
    case "alterBroker":
      return controller.alterConfigs(
        [configChange(`broker:${id} merge log.retention.ms=${b}`), configChange("cluster merge segment.ms=1")],
        options,
      );
    case "ids":
      return broker && controller.allocateProducerIds(broker.id, broker.epoch);
    case "stop":
      return broker && controller.stopBroker(broker.id, broker.epoch);
    default:
      return controller.registerBroker(registration(wordsOf(`${id} life=${b} rack=r${b % 2}`)));
  }
}

/** Refusals are answers. */
async function answered(controller: Controller, one: Request): Promise<void> {
  try {
    await carryOut(controller, one);
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
  }
}

/** So that almost every life takes snapshots. */
const written = new Map<BrokerKey, unknown>([["metadata.log.max.record.bytes.between.snapshots", 100]]);

async function formatted(): Promise<MemoryKv> {
  const kv = new MemoryKv();
  await formatQuorum(kv, { clusterId, self, voters, bootstrap: bootstrapSnapshot(new Map()) });
  return kv;
}

const bursts = fc.array(fc.array(request, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12, size: "max" });

test("whatever is asked for, the image is the fold of the log, also after a restart from a snapshot and the rest", async () => {
  await fc.assert(
    fc.asyncProperty(bursts, fc.nat(), async (all, seed) => {
      const reference = new Reference();
      const kv = await formatted();
      for (const life of [0, 1, 2]) {
        const { quorum, controller } = await begin(kv, { reference, written, seed: seed + life });
        expect(imageHash(controller.image)).toBe(imageHash(reference.image));
        await controller.registerBroker(registration(wordsOf(`1 life=${50 + life}`)));
        for (const burst of all) {
          await Promise.all(burst.map((one) => answered(controller, one)));
          expect(imageHash(controller.image)).toBe(imageHash(reference.image));
        }
        await settle();
        await quorum.close();
      }
    }),
    { numRuns: 150 },
  );
});

test("whatever commit it dies at, the next life's image is the fold of the log, and holds all that was answered", async () => {
  await fc.assert(
    fc.asyncProperty(bursts, fc.nat(40), fc.nat(), async (all, crashAtCommit, seed) => {
      const reference = new Reference();
      const kv = await formatted();
      let answeredOffset = 0;
      const crashed = new Promise<MemoryKv>((resolve) => {
        kv.onCommit = () => {
          if (kv.commits === crashAtCommit + 2) resolve(kv.crash());
        };
      });
      const live = async () => {
        const { controller } = await begin(kv, { reference, written, seed });
        await controller.registerBroker(registration(wordsOf("1 life=50")));
        for (const burst of all) {
          await Promise.all(burst.map((one) => answered(controller, one)));
          answeredOffset = controller.image.offset;
        }
        await settle();
        return kv.crash();
      };
      const { controller } = await begin(await Promise.race([live(), crashed]), { reference });
      expect(imageHash(controller.image)).toBe(imageHash(reference.image));
      expect(controller.image.offset).toBeGreaterThanOrEqual(answeredOffset);
    }),
    { numRuns: 200 },
  );
});
