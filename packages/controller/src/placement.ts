import type { BrokerLoad, MetadataImage, PartitionImage, TopicImage } from "@millrace/metadata";
import type { RandomStream } from "@millrace/runtime";
import { assert, type BrokerId } from "@millrace/vocabulary";
import { isActive } from "./brokers.ts";

/** A broker that may get replicas, and what it has of them. */
interface Candidate {
  readonly id: BrokerId;
  readonly host: string;
  readonly rack: string | undefined;
  readonly isActive: boolean;
  /** Of this topic, so far. */
  readonly own: { replicas: number; preferred: number };
  /** Of the whole cluster, so far. */
  readonly all: { replicas: number; preferred: number };
  /** Decides between equals; drawn anew every round, so that no two brokers are always neighbours. */
  rank: number;
}

/**
 * The replicas of new partitions, the preferred leader first, one list for each partition and one after the other.
 *
 * - Preferred leaders go round: within a topic no active broker has two more than another.
 * - Further replicas avoid, in this order: brokers that are not active, racks and hosts that the partition has already, brokers
 *   with more replicas of the topic, brokers with more replicas of all.
 * - The same image and the same draws give the same lists.
 *
 * @param existing partitions of the same topic, which count
 * @param replicas for each partition: at most as many as brokers are registered; at least one of these is active
 */
export function* place(image: MetadataImage, { existing, partitions, replicas, random }: Placing): Generator<readonly BrokerId[]> {
  const candidates = candidatesOf(image, existing);
  const leaders = candidates.filter((candidate) => candidate.isActive);
  assert(leaders.length > 0 && replicas <= candidates.length, "there are brokers for all replicas", {
    replicas,
    brokers: candidates.length,
  });
  for (let index = 0; index < partitions; index++) {
    if (index % leaders.length === 0) drawRanks(candidates, random);
    yield placeOne(candidates, leaders, replicas);
  }
}

/**
 * Finds other brokers for what one of them holds: active ones, by the same preferences as further replicas of new partitions. What it has
 * found counts from then on.
 *
 * @param leaving the broker that is to hold nothing
 */
export function replacing(image: MetadataImage, leaving: BrokerId, random: RandomStream): ReplacementFor {
  const all = new Map([...image.brokers.keys()].map((id) => [id, { ...(image.loads.get(id) ?? nothing) }]));
  let current: { readonly topic: TopicImage; readonly candidates: readonly Candidate[] } | undefined;
  return (topic, replicas) => {
    if (current?.topic !== topic) {
      const candidates = candidatesOf(image, topic.partitions).map((candidate) => ({ ...candidate, all: all.get(candidate.id)! }));
      drawRanks(candidates, random);
      current = { topic, candidates };
    }
    const staying = current.candidates.filter(({ id }) => replicas.includes(id) && id !== leaving);
    const free = current.candidates.filter(({ id, isActive: mayHold }) => mayHold && id !== leaving && !replicas.includes(id));
    if (free.length === 0) return undefined;
    const found = best(free, staying, follows);
    for (const load of [found.own, found.all]) load.replicas++;
    return found.id;
  };
}

/** The broker that takes the place of the one that leaves, among a partition's replicas; undefined: no active one is free. */
export type ReplacementFor = (topic: TopicImage, replicas: readonly BrokerId[]) => BrokerId | undefined;

/** How many partitions are to be placed, and beside which. */
export interface Placing {
  readonly existing: readonly PartitionImage[];
  readonly partitions: number;
  readonly replicas: number;
  readonly random: RandomStream;
}

function candidatesOf(image: MetadataImage, existing: readonly PartitionImage[]): Candidate[] {
  const own = new Map([...image.brokers.keys()].map((id) => [id, { replicas: 0, preferred: 0 }]));
  for (const { replicas } of existing) count(replicas.map((id) => own.get(id)));
  return [...image.brokers.values()].map((broker) => ({
    id: broker.id,
    host: broker.host,
    rack: broker.rack,
    isActive: isActive(broker),
    own: own.get(broker.id)!,
    all: { ...(image.loads.get(broker.id) ?? nothing) },
    rank: 0,
  }));
}

const nothing: BrokerLoad = { replicas: 0, preferred: 0 };

function drawRanks(candidates: readonly Candidate[], random: RandomStream): void {
  const order = [...candidates];
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const drawn = random.below(rank + 1);
    order[drawn]!.rank = rank;
    order[drawn] = order[rank]!;
  }
}

function placeOne(candidates: readonly Candidate[], leaders: readonly Candidate[], replicas: number): BrokerId[] {
  const chosen = [best(leaders, [], leads)];
  while (chosen.length < replicas) chosen.push(best(candidates, chosen, follows));
  count(chosen.map(({ own }) => own));
  count(chosen.map(({ all }) => all));
  return chosen.map(({ id }) => id);
}

function count(loads: readonly ({ replicas: number; preferred: number } | undefined)[]): void {
  for (const load of loads) if (load !== undefined) load.replicas++;
  if (loads[0] !== undefined) loads[0].preferred++;
}

/** Says by a number below 0 that `a` is the better choice, given those that are chosen. */
type Order = (a: Candidate, b: Candidate, chosen: readonly Candidate[]) => number;

function best(candidates: readonly Candidate[], chosen: readonly Candidate[], order: Order): Candidate {
  let found: Candidate | undefined;
  for (const candidate of candidates) {
    if (chosen.includes(candidate)) continue;
    if (found === undefined || order(candidate, found, chosen) < 0) found = candidate;
  }
  return found!;
}

const leads: Order = (a, b) =>
  a.own.preferred - b.own.preferred || a.all.preferred - b.all.preferred || a.own.replicas - b.own.replicas || a.rank - b.rank;

const follows: Order = (a, b, chosen) =>
  Number(b.isActive) - Number(a.isActive) ||
  sharing(a, chosen, "rack") - sharing(b, chosen, "rack") ||
  sharing(a, chosen, "host") - sharing(b, chosen, "host") ||
  a.own.replicas - b.own.replicas ||
  a.all.replicas - b.all.replicas ||
  a.rank - b.rank;

/** How many of the chosen stand where this one stands. Brokers that name no rack share none. */
function sharing(candidate: Candidate, chosen: readonly Candidate[], where: "rack" | "host"): number {
  let shared = 0;
  for (const other of chosen) if (candidate[where] !== undefined && other[where] === candidate[where]) shared++;
  return shared;
}
