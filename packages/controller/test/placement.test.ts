import * as fc from "fast-check";
import type { MetadataImage } from "@millrace/metadata";
import { Chance } from "@millrace/runtime/simulated";
import type { BrokerId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { place } from "../src/placement.ts";
import { imageWith, type Standing } from "./support/image.ts";

/** Brokers on a few hosts and racks, at least one of them active. */
const clusters: fc.Arbitrary<Standing[]> = fc
  .array(fc.record({ host: fc.nat(5), rack: fc.option(fc.nat(3), { nil: undefined }), isActive: fc.boolean() }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((brokers) =>
    brokers.map(({ host, rack, isActive }, id) => ({
      id,
      host: `h${host}`,
      rack: rack === undefined ? undefined : `r${rack}`,
      isActive: isActive || id === 0,
    })),
  );

function placed(image: MetadataImage, partitions: number, replicas: number, seed = 1): (readonly BrokerId[])[] {
  return [...place(image, { existing: [], partitions, replicas, random: new Chance(seed, "placement") })];
}

const cases = fc.tuple(clusters, fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat());

function forAll(check: (brokers: readonly Standing[], lists: readonly (readonly BrokerId[])[], replicas: number) => void): void {
  fc.assert(
    fc.property(cases, ([brokers, partitions, replicasSeed, seed]) => {
      const replicas = 1 + (replicasSeed % brokers.length);
      check(brokers, placed(imageWith(brokers), partitions, replicas, seed), replicas);
    }),
    { numRuns: 500 },
  );
}

test("every partition has its replicas, each on another broker, the first on an active one", () => {
  forAll((brokers, lists, replicas) => {
    for (const list of lists) {
      expect(new Set(list).size).toBe(replicas);
      expect(brokers[list[0]!]!.isActive).toBe(true);
    }
  });
});

test("preferred leaderships of a topic are even among the active brokers", () => {
  forAll((brokers, lists) => {
    const counts = brokers.filter(({ isActive }) => isActive).map(({ id }) => lists.filter(([leader]) => leader === id).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });
});

test("brokers that are not active get a replica only where there are not enough others", () => {
  forAll((brokers, lists, replicas) => {
    const active = brokers.filter(({ isActive }) => isActive).length;
    for (const list of lists) expect(list.filter((id) => brokers[id]!.isActive).length).toBe(Math.min(active, replicas));
  });
});

test("where every broker is active, no rack is shared while another has none", () => {
  forAll((standing, _, replicas) => {
    const brokers = standing.map((broker) => ({ ...broker, rack: broker.rack ?? `own-${broker.id}`, isActive: true }));
    const racks = new Set(brokers.map(({ rack }) => rack)).size;
    for (const list of placed(imageWith(brokers), 20, replicas))
      expect(new Set(list.map((id) => brokers[id]!.rack)).size).toBe(Math.min(racks, replicas));
  });
});

test("without racks, no host is shared while another has none", () => {
  forAll((standing, _, replicas) => {
    const brokers = standing.map(({ id, host }) => ({ id, host }));
    const hosts = new Set(brokers.map(({ host }) => host)).size;
    for (const list of placed(imageWith(brokers), 20, replicas))
      expect(new Set(list.map((id) => brokers[id]!.host)).size).toBe(Math.min(hosts, replicas));
  });
});

test("among equal brokers replicas are even, and a broker's followers are not always the same", () => {
  const image = imageWith([1, 2, 3, 4, 5].map((id) => ({ id })));
  const lists = placed(image, 100, 3);
  const counts = [1, 2, 3, 4, 5].map((id) => lists.flat().filter((other) => other === id).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  const followersOfOne = new Set(lists.filter(([leader]) => leader === 1).flatMap((list) => list.slice(1)));
  expect(followersOfOne.size).toBe(4);
});

test("small topics, one after the other, are even over the cluster", () => {
  let image = imageWith([1, 2, 3].map((id) => ({ id })));
  const counts = new Map<number, number>();
  const random = new Chance(7, "placement");
  for (let topic = 0; topic < 30; topic++) {
    const [[leader]] = [...place(image, { existing: [], partitions: 1, replicas: 1, random })] as [[BrokerId]];
    counts.set(leader, (counts.get(leader) ?? 0) + 1);
    const loads = new Map(image.loads).set(leader, { replicas: counts.get(leader)!, preferred: counts.get(leader)! });
    image = { ...image, loads };
  }
  expect([...counts.values()]).toEqual([10, 10, 10]);
});

test("new partitions of a topic go where it has fewest", () => {
  const image = imageWith([1, 2, 3].map((id) => ({ id })));
  const existing = [1, 1, 2].map((leader) => ({ replicas: [leader] }) as never);
  const lists = [...place(image, { existing, partitions: 3, replicas: 1, random: new Chance(1, "placement") })];
  expect(lists.flat().sort()).toEqual([2, 3, 3]);
});

test("the same image and the same draws give the same placement", () => {
  const image = imageWith([1, 2, 3, 4].map((id) => ({ id })));
  expect(placed(image, 20, 2, 5)).toEqual(placed(image, 20, 2, 5));
  expect(placed(image, 20, 2, 5)).not.toEqual(placed(image, 20, 2, 6));
});
