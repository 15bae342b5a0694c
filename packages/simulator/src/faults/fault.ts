import type { Chance, CrashCause, FaultChanges, SimulatedWorld } from "@millrace/runtime/simulated";

/** What faults of every kind of cluster may use of a run. */
export interface MachineStage {
  /** How the world was from the start: what a fault changes goes back to that. */
  readonly usual: FaultChanges;
  readonly world: SimulatedWorld;
  readonly later: (delayMs: number, act: () => void) => void;
  /** Takes back what a fault has done, after so long or when faults are over. */
  readonly lasting: (delayMs: number, takeBack: () => void) => void;
  readonly afterEvents: (events: number, act: () => void) => void;
  readonly areFaultsOver: () => boolean;
}

/** A machine with a process on it that is started again whenever it has ended. */
export interface FaultyNode {
  readonly name: string;
  /** Whether there is a process, serving or about to. */
  readonly isAlive: boolean;
  readonly isServing: boolean;
  /** Ends the process at once, if one lives, and starts another `downMs` later. */
  crash(cause: CrashCause, downMs: number): void;
  /** Stops in order, and starts again; what does not stop within `graceMs` is killed. */
  stop(graceMs: number, downMs: number): void;
}

/** Where a fault strikes: what it may use, and chance of its own, so that leaving another fault out changes nothing of it. */
export interface MachineScene {
  readonly stage: MachineStage;
  readonly chance: Chance;
  /** The node that it is about. */
  readonly node: FaultyNode;
}

/** One kind of fault. */
export interface Fault<Scene extends MachineScene> {
  /** What it does, for whoever reads the table. */
  readonly does: string;
  /** Strikes; false where it cannot now. What lasts it takes back itself, by `lasting`. */
  readonly strike: (scene: Scene) => boolean;
}

/** Strikes now, and takes it back after a time drawn from the span. */
export function lasting(
  { stage, chance }: MachineScene,
  [firstMs, lastMs]: readonly [number, number],
  strike: () => void,
  takeBack: () => void,
): boolean {
  strike();
  stage.lasting(chance.within([firstMs, lastMs]), takeBack);
  return true;
}
