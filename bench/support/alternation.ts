import { setTimeout as sleep } from "node:timers/promises";
import { machineFigures } from "./process-figures.ts";

/** Numbers by name, as one run gives them. */
export type Figures = Readonly<Record<string, number>>;

/** What takes its turn. */
export interface Competitor {
  readonly name: string;
  /** Processor time that its process has taken so far; 0 where the process lives within a run. */
  readonly cpuMs: number;
}

/** One run of one target. */
export interface Run {
  readonly target: string;
  readonly round: number;
  readonly figures: Figures;
  /** Of the machine's processor time: what neither the broker nor the client took, from 0 to 1. */
  readonly othersShare: number;
}

export interface AlternationOptions {
  /** Runs of each target that count. */
  readonly rounds: number;
  /** Runs of each target before those: virtual machines compile while they run. */
  readonly warmups: number;
  /**
   * A run in which others took more than this share of the machine is made again, `attemptsMax` times in all; the least disturbed
   * counts. With 1 nothing is waited for either.
   */
  readonly othersShareMax: number;
}

const attemptsMax = 3;
/** A machine that others use less than this is quiet. */
const quietShareMax = 0.2;
/** So long a quiet moment is waited for, and so long the machine is looked at. */
const quietWaitMs = 60_000;
const lookMs = 500;

/** Runs the targets in turns, A B A B, so that what changes in the machine meanwhile meets all of them. */
export async function alternate<Each extends Competitor>(
  competitors: readonly Each[],
  { rounds, warmups, othersShareMax }: AlternationOptions,
  measure: (competitor: Each) => Promise<Figures>,
): Promise<Run[]> {
  const runs: Run[] = [];
  for (let round = -warmups; round < rounds; round++) {
    for (const each of competitors) {
      const measured = () => measure(each);
      if (round < 0) await measured();
      else runs.push({ round, target: each.name, ...(await leastDisturbed(each, othersShareMax, measured)) });
      progress(`${round < 0 ? "warm-up" : `round ${round + 1}/${rounds}`} ${each.name} ${round < 0 ? "" : line(runs.at(-1)!)}`);
    }
  }
  return runs;
}

/** One line on stderr. */
export function progress(text: string): void {
  console.error(text.trimEnd());
}

type Attempt = Omit<Run, "target" | "round">;

async function leastDisturbed(competitor: Competitor, othersShareMax: number, measure: () => Promise<Figures>): Promise<Attempt> {
  let best: Attempt | undefined;
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    if (othersShareMax < 1) await quietMoment();
    const next = await watched(competitor, measure);
    if (best === undefined || next.othersShare < best.othersShare) best = next;
    if (best.othersShare <= othersShareMax) break;
    progress(`        ${competitor.name} disturbed: others took ${percent(next.othersShare)} of the machine`);
  }
  return best!;
}

async function watched(competitor: Competitor, work: () => Promise<Figures>): Promise<Attempt> {
  const [machine, broker] = [machineFigures(), competitor.cpuMs];
  const figures = await work();
  const now = machineFigures();
  const busyMs = now.busyMs - machine.busyMs;
  const ourMs = now.ownMs - machine.ownMs + competitor.cpuMs - broker;
  return { figures, othersShare: Math.max(0, busyMs - ourMs) / (busyMs + now.idleMs - machine.idleMs) };
}

/** Resolves when the machine is quiet, or has not become so in time. */
async function quietMoment(): Promise<void> {
  for (const startMs = performance.now(); performance.now() - startMs < quietWaitMs;) {
    const before = machineFigures();
    await sleep(lookMs);
    const { busyMs, idleMs } = machineFigures();
    const busy = busyMs - before.busyMs;
    if (busy / (busy + idleMs - before.idleMs) < quietShareMax) return;
  }
}

function line({ figures, othersShare }: Run): string {
  const shown = Object.entries(figures).map(([name, value]) => `${name}=${Number(value.toPrecision(4))}`);
  return `${shown.join(" ")} others=${percent(othersShare)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
