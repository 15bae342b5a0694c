import { Chance, type FaultChanges, type Span } from "@millrace/runtime/simulated";
import { type DrawnSettings, drawSettings } from "./cluster/settings.ts";
import { type FaultName, faultNames } from "./faults/index.ts";
import { type OperationName, operationNames } from "./operations/index.ts";

/** A fault that will be tried. */
export interface PlannedFault {
  /** Its place among all that were drawn: by it a shrunk run names it, and its own draws follow from it. */
  readonly number: number;
  readonly atMs: number;
  readonly kind: FaultName;
}

/** What one run is about, all of it drawn from its seed. */
export interface Plan {
  readonly seed: number;
  readonly clients: number;
  /** How long faults come. */
  readonly safetyMs: number;
  /** Between two operations of a client. */
  readonly pauseMs: Span;
  readonly weights: Readonly<Record<OperationName, number>>;
  readonly settings: DrawnSettings;
  readonly world: FaultChanges;
  readonly faults: readonly PlannedFault[];
}

/** What a shrunk run leaves out of what its seed draws. */
export interface Cuts {
  /** Numbers of the faults that stay; all, where it is left out. */
  readonly faults?: readonly number[];
  readonly clients?: number;
  readonly operations?: readonly OperationName[];
  readonly safetyMs?: number;
}

/** The share of kinds that a run leaves out altogether. */
const leftOutPpm = 400_000;

/** Draws a run: whole kinds of faults and operations are left out, the others have wildly different weights. */
export function drawPlan(seed: number, cuts: Cuts = {}): Plan {
  const chance = new Chance(seed, "plan");
  const clients = 1 + chance.below(5);
  const safetyMs = chance.pick([5_000, 10_000, 20_000, 40_000]);
  const pauseMs = chance.pick<Span>([
    [1, 20],
    [1, 100],
    [10, 400],
  ]);
  const weights = drawWeights(operationNames, new Chance(seed, "weights"), cuts.operations);
  const faults = drawFaults(new Chance(seed, "faults"), safetyMs);
  return {
    seed,
    clients: Math.min(clients, cuts.clients ?? clients),
    safetyMs: Math.min(safetyMs, cuts.safetyMs ?? safetyMs),
    pauseMs,
    weights,
    settings: drawSettings(new Chance(seed, "settings")),
    world: drawWorld(new Chance(seed, "world")),
    faults: faults.filter(({ number, atMs }) => cuts.faults?.includes(number) !== false && atMs <= (cuts.safetyMs ?? Infinity)),
  };
}

/** Topics are created and read in any case: without them there is nothing to look at. */
const always: readonly OperationName[] = ["create topic", "produce", "fetch"];

function drawWeights(names: readonly OperationName[], chance: Chance, kept: readonly OperationName[] = names): Plan["weights"] {
  const draw = (name: OperationName): number => {
    const weight = chance.pick([1, 2, 5, 10, 30]);
    const isLeftOut = chance.hits(leftOutPpm);
    if (!kept.includes(name)) return 0;
    return isLeftOut && !always.includes(name) ? 0 : weight;
  };
  return Object.fromEntries(names.map((name) => [name, draw(name)])) as Plan["weights"];
}

function drawFaults(chance: Chance, safetyMs: number): PlannedFault[] {
  const kinds = faultNames.filter(() => !chance.hits(leftOutPpm));
  const meanMs = chance.pick([300, 1_000, 3_000, 10_000]);
  const faults: PlannedFault[] = [];
  for (let atMs = chance.below(2 * meanMs); atMs < safetyMs && kinds.length > 0; atMs += 1 + chance.below(2 * meanMs))
    faults.push({ number: faults.length, atMs, kind: chance.pick(kinds) });
  return faults;
}

/** How the world is from the start: quick or slow, and what a power cut leaves. */
function drawWorld(chance: Chance): FaultChanges {
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
