import { type RaftState, voterKey, type VoterSet } from "@millrace/raft/testing";
import type { VoterId } from "@millrace/raft";
import type { Offset } from "@millrace/vocabulary";
import type { Run } from "../../run.ts";
import { holds } from "../../violation.ts";
import type { Keeper } from "../keeper.ts";
import { Agreement } from "./agreement.ts";
import type { Commits } from "./commits.ts";
import { DurableLog, type PlacedSet } from "./durable-log.ts";
import { MachineWatch } from "./machine-watch.ts";

/** Events between two full checks. */
const fullCheckEvents = 1_000;

/** One life of a node, from the moment at which its log is open. */
export interface WatchedLife {
  readonly state: RaftState;
  /** What folds its log, where that is something to be compared. */
  readonly keeper?: Keeper;
}

/** A node whose machine and disk are looked at. */
export interface WatchedNode {
  readonly name: string;
  /** Its voter; undefined while nobody has formatted its disk. */
  readonly key: string | undefined;
  readonly isRotten: boolean;
  /** Where it keeps its log on its machine. */
  readonly storePath: string;
  readonly life: WatchedLife | undefined;
}

/** What must hold of a quorum after every event, and what is looked at in full now and then. */
export class QuorumChecks {
  readonly #run: Run;
  readonly #commits: Commits;
  readonly #agreement: Agreement;
  /** By voter: of disks that are gone, as they were. */
  readonly #durable = new Map<string, DurableLog>();
  /** Voters whose disks somebody spoilt: what they hold since is not looked at, and may be anything. */
  readonly #spoilt = new Set<string>();
  readonly #watches = new Map<WatchedLife, MachineWatch>();
  #events = 0;

  constructor(run: Run, commits: Commits) {
    this.#run = run;
    this.#commits = commits;
    this.#agreement = new Agreement(run.marks);
  }

  afterEvent(nodes: readonly WatchedNode[]): void {
    for (const node of nodes) this.#takeChanges(node);
    for (const { life } of nodes) if (life !== undefined) this.#watch(life).check();
    if (++this.#events % fullCheckEvents === 0) this.full(nodes);
  }

  /** What machines, disks and keepers hold, as a whole. */
  full(nodes: readonly WatchedNode[]): void {
    for (const life of this.#watches.keys()) if (!nodes.some((node) => node.life === life)) this.#watches.delete(life);
    for (const { life } of nodes) {
      if (life === undefined) continue;
      if (life.keeper !== undefined && life.keeper.end > 0) this.#commits.judge(life.keeper);
      this.#judgeLog(life);
    }
  }

  /**
   * Every set of voters that may be in force, now or after a crash: the last one that is committed, and whatever somebody has behind it. One
   * whose log ends before cannot win where a majority of the committed set is asked.
   */
  setsInForce(nodes: readonly WatchedNode[]): VoterSet[] {
    const { end, term } = this.#commits;
    const intact = nodes.filter(({ isRotten }) => !isRotten);
    const logs = intact.flatMap(({ key }) => (key === undefined ? [] : (this.#durable.get(key) ?? [])));
    const inMemory = intact.flatMap(({ life }) => life ?? []).map(({ state: { sets } }) => ({ offset: sets.offset, set: sets.current }));
    const placed = [...logs.flatMap(({ sets }) => sets), ...inMemory];
    const committed = logs.filter((log) => log.holds(end as Offset, term)).flatMap(({ sets }) => sets);
    const last = committed.filter(({ offset }) => offset < end).reduce((latest, { offset }) => Math.max(latest, offset), 0);
    const isBehind = ({ offset }: PlacedSet) => offset > last;
    return [...placed.filter(isBehind), ...committed.filter(({ offset }) => offset === last)].map(({ set }) => set);
  }

  #takeChanges({ name, key, isRotten, storePath }: WatchedNode): void {
    if (key === undefined) return;
    if (isRotten) this.#spoilt.add(key);
    if (isRotten) return;
    const taken = this.#run.world.platter(name).takeStoreChanges(storePath);
    if (taken === undefined || (taken.changes.length === 0 && !taken.isFirst)) return;
    let durable = this.#durable.get(key);
    if (durable === undefined) this.#durable.set(key, (durable = new DurableLog(key, this.#agreement)));
    durable.take(taken);
  }

  #watch(life: WatchedLife): MachineWatch {
    const known = this.#watches.get(life);
    if (known !== undefined) return known;
    const { marks } = this.#run;
    const isDurable = (voter: VoterId, end: Offset, term: number) => this.#isDurable(voterKey(voter), end, term);
    const watch = new MachineWatch(life.state, { agreement: this.#agreement, commits: this.#commits, marks, isDurable });
    this.#watches.set(life, watch);
    return watch;
  }

  #isDurable(key: string, end: Offset, term: number): boolean {
    return this.#spoilt.has(key) || this.#durable.get(key)?.holds(end, term) === true;
  }

  /** A log holds what was committed, as far as it knows of it; and what it takes for durable is. */
  #judgeLog({ state }: WatchedLife): void {
    const { log, committedEnd, self } = state;
    const durable = this.#durable.get(voterKey(self));
    for (const end of this.#commits.ends) {
      if (end > committedEnd || end < log.start) continue;
      const [found, term] = [log.termAt(end as typeof committedEnd), this.#commits.termAt(end)];
      holds(found === term, "R4", { voter: voterKey(self), end, found, committed: term });
      const stored = end <= log.storedEnd ? durable?.termAt(end) : undefined;
      holds(stored === undefined || stored === term, "R2", { voter: voterKey(self), end, stored, committed: term });
    }
  }
}
