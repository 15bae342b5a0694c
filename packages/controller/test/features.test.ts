import { bootstrapSnapshot, metadataLevelFeature, metadataLevelMax } from "@millrace/metadata";
import { formatQuorum, openQuorum } from "@millrace/raft";
import { MemoryKv } from "@millrace/raft/testing";
import { BrokerId, Configuration } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { openController } from "../src/index.ts";
import { decideUpdateFeatures } from "../src/decide/update-features.ts";
import type { FeatureUpdate } from "../src/controller.ts";
import { imageWith } from "./support/image.ts";
import { chance, clock, clusterId, self, strict as logger, voters } from "./support/world.ts";

/** What comes of an update in a cluster that has finalised this level, and has a broker that knows these. */
function updated(updates: readonly FeatureUpdate[], { finalised = metadataLevelMax, broker = { min: 1, max: 9 } } = {}): unknown {
  const image = imageWith([{ id: 1 }]);
  const features = new Map([[metadataLevelFeature, finalised]]);
  const brokers = new Map([[BrokerId(1), { ...image.brokers.get(BrokerId(1))!, features: new Map([[metadataLevelFeature, broker]]) }]]);
  try {
    const surroundings = { image: { ...image, features, brokers }, nextOffset: 0, configuration: new Configuration(), random: chance(1) };
    return [...decideUpdateFeatures(surroundings as never, updates).records];
  } catch (error) {
    return (error as { facts: { reason: string } }).facts.reason;
  }
}

test("a level is raised where everybody knows it, and one that is finalised already is no change", () => {
  const update = { feature: metadataLevelFeature, level: metadataLevelMax };
  expect(updated([update], { finalised: 0 })).toEqual([{ type: "FeatureLevel", name: metadataLevelFeature, level: metadataLevelMax }]);
  expect(updated([update])).toEqual([]);
  expect(updated([])).toEqual([]);
});

test("a level is refused that the controller or a broker does not know, or that would fall, and all that stand beside it", () => {
  const known = { feature: metadataLevelFeature, level: metadataLevelMax };
  expect(updated([{ feature: "transaction.version", level: 1 }])).toMatch("no such feature");
  expect(updated([{ ...known, level: metadataLevelMax + 1 }])).toMatch("does not know the level");
  expect(updated([{ ...known, level: 0 }])).toMatch("does not know the level");
  expect(updated([known], { finalised: metadataLevelMax + 1 })).toMatch("levels only rise");
  expect(updated([known], { broker: { min: metadataLevelMax + 1, max: 9 } })).toMatch("a broker does not know the level");
  expect(updated([known, { feature: "another", level: 1 }], { finalised: 0 })).toMatch("no such feature");
  expect(updated([known, known])).toMatch("more than once");
});

test("the only controller of a process describes itself, and lets nobody in whom it could not reach", async () => {
  const kv = new MemoryKv();
  await formatQuorum(kv, { clusterId, self, voters, bootstrap: bootstrapSnapshot(new Map()) });
  const quorum = await openQuorum({ kv, clock, logger, clusterId, self, voters: [], onFailure() {} });
  const parts = { quorum, clusterId, nodeId: self.nodeId, configuration: new Configuration(), clock, random: chance(1), logger };
  const controller = await openController(parts);
  const { leader, voters: described } = await controller.quorum.describe();
  expect([leader?.nodeId, described.map(({ nodeId }) => nodeId)]).toEqual([self.nodeId, [self.nodeId]]);
  const address = { host: "127.0.0.1", port: 9 };
  const add = (id: number) => controller.quorum.addVoter({ id: BrokerId(id), directoryId: undefined, address }, { timeoutMs: 1_000 });
  await expect(add(2)).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  await expect(add(self.nodeId)).rejects.toMatchObject({ code: "DUPLICATE_VOTER" });
  await expect(controller.quorum.removeVoter(BrokerId(2), undefined)).rejects.toMatchObject({ code: "VOTER_NOT_FOUND" });
  await expect(controller.quorum.removeVoter(self.nodeId, undefined)).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  await controller.updateFeatures([{ feature: metadataLevelFeature, level: metadataLevelMax }], { validateOnly: false });
  await quorum.close();
  await expect(controller.quorum.describe()).rejects.toMatchObject({ code: "NOT_CONTROLLER" });
});
