import type { Chance, FaultChanges, Span } from "@millrace/runtime/simulated";

/** A fault that will be tried. */
export interface PlannedFault<Kind extends string = string> {
  /** Its place among all that were drawn: by it a shrunk run names it, and its own draws follow from it. */
  readonly number: number;
  readonly atMs: number;
  readonly kind: Kind;
}

/** One broker that is its own quorum; the nodes of a quorum alone; three controllers and a broker; or three to five brokers with replicas. */
export type ClusterKind = "broker" | "quorum" | "controllers" | "replicas";

export const clusterKinds: readonly ClusterKind[] = ["broker", "quorum", "controllers", "replicas"];

/** What a run of every kind of cluster is about, all of it drawn from its seed. */
export interface RunPlan<Kind extends string = string, Operation extends string = string> {
  readonly cluster: ClusterKind;
  readonly seed: number;
  readonly clients: number;
  /** How long faults come. */
  readonly safetyMs: number;
  /** Between two operations of a client. */
  readonly pauseMs: Span;
  readonly weights: Readonly<Record<Operation, number>>;
  readonly world: FaultChanges;
  readonly faults: readonly PlannedFault<Kind>[];
}

/** What a shrunk run leaves out of what its seed draws. */
export interface Cuts {
  /** Numbers of the faults that stay; all, where it is left out. */
  readonly faults?: readonly number[];
  readonly clients?: number;
  readonly operations?: readonly string[];
  readonly safetyMs?: number;
}

/** How long faults last in runs of whole brokers. */
export const safetiesMs = [5_000, 10_000, 20_000, 40_000] as const;

/** From one operation of a client to its next, in milliseconds, where clusters of several processes take them: these cost more. */
export const pausesOfClusters: readonly Span[] = [
  [1, 50],
  [10, 100],
  [10, 400],
];

/** The share of kinds that a run leaves out altogether. */
const leftOutPpm = 400_000;

/** How often each operation comes beside the others: some never, but for those that come `always`. */
export function drawWeights<Name extends string>(
  names: readonly Name[],
  always: readonly Name[],
  chance: Chance,
  kept: readonly string[] = names,
): Readonly<Record<Name, number>> {
  const draw = (name: Name): number => {
    const weight = chance.pick([1, 2, 5, 10, 30]);
    const isLeftOut = chance.hits(leftOutPpm);
    if (!kept.includes(name)) return 0;
    return isLeftOut && !always.includes(name) ? 0 : weight;
  };
  return Object.fromEntries(names.map((name) => [name, draw(name)])) as Readonly<Record<Name, number>>;
}

/** One of the names, each as often as its weight says. */
export function drawByWeight<Name extends string>(weights: Readonly<Record<Name, number>>, chance: Chance): Name {
  const names = Object.keys(weights) as Name[];
  let left = chance.below(names.reduce((sum, name) => sum + weights[name], 0));
  for (const name of names) {
    left -= weights[name];
    if (left < 0) return name;
  }
  return names[0]!;
}

/** Faults at their times; whole kinds are left out. */
export function drawFaults<Kind extends string>(names: readonly Kind[], chance: Chance, safetyMs: number): PlannedFault<Kind>[] {
  const kinds = names.filter(() => !chance.hits(leftOutPpm));
  const meanMs = chance.pick([300, 1_000, 3_000, 10_000]);
  const faults: PlannedFault<Kind>[] = [];
  for (let atMs = chance.below(2 * meanMs); atMs < safetyMs && kinds.length > 0; atMs += 1 + chance.below(2 * meanMs))
    faults.push({ number: faults.length, atMs, kind: chance.pick(kinds) });
  return faults;
}

/** Those that the cuts leave. */
export function keptFaults<Kind extends string>(faults: readonly PlannedFault<Kind>[], cuts: Cuts): PlannedFault<Kind>[] {
  return faults.filter(({ number, atMs }) => cuts.faults?.includes(number) !== false && atMs <= (cuts.safetyMs ?? Infinity));
}

/** How the world is from the start: quick or slow, and what a power cut leaves. */
export function drawWorld(chance: Chance): FaultChanges {
  return {
    machine: {
      clock: {
        skewMs: chance.pick<Span>([
          [0, 0],
          [-5_000, 5_000],
        ]),
      },
      disk: {
        operationUs: chance.pick<Span>([
          [1, 5],
          [20, 120],
          [20, 5_000],
        ]),
        syncUs: chance.pick<Span>([
          [100, 300],
          [500, 3_000],
          [1_000, 60_000],
        ]),
        sectorSurvivesPpm: chance.pick([0, 100_000, 500_000, 950_000]),
        tornPpm: chance.pick([0, 500_000, 1_000_000]),
      },
      kv: {
        commitUs: chance.pick<Span>([
          [100, 300],
          [500, 3_000],
          [1_000, 40_000],
        ]),
        cutCommitLandsPpm: chance.pick([0, 500_000, 1_000_000]),
      },
    },
    network: {
      delayUs: chance.pick<Span>([
        [5, 50],
        [50, 300],
        [100, 20_000],
      ]),
      splitPpm: chance.pick([0, 50_000, 500_000]),
    },
  };
}
