import type { Clock, Kv, KvChange, RandomStream, Timer } from "@millrace/runtime";
import { MillraceError, Offset } from "@millrace/vocabulary";
import { VoterSet as VoterSetMessage } from "@millrace/contracts/raft";
import { encodeEntry, endOf, type LogEntry } from "./entry.ts";
import { GroupCommit } from "./group-commit.ts";
import { hardStateChange } from "./hard-state.ts";
import { entryKey, voterSetKey } from "./keys.ts";
import type { RaftEffect, RaftEvent } from "./machine/events.ts";
import { isEmpty, type RaftState, started } from "./machine/state.ts";
import { step, wakeAtMs } from "./machine/step.ts";
import { VoterSets } from "./machine/voter-sets.ts";
import { endOfSnapshot, type SnapshotDescription } from "./snapshot-description.ts";
import { removalsFrom, snapshotChange, Snapshots } from "./snapshots.ts";
import type { Stored } from "./store.ts";
import { logOf } from "./stored-log.ts";
import { type VoterSet, writeVoterSet } from "./voters.ts";

export interface DriverOptions {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly chance: RandomStream;
  /** Carries out what is neither stored nor timed. */
  readonly carryOut: (effect: RaftEffect) => void;
  /** A snapshot of another node has taken the place of the log. */
  readonly installed: (snapshot: SnapshotDescription) => void;
  /** The store rejected a commit, or what it holds is damaged. */
  readonly failed: (error: unknown) => void;
}

/** Tells the machine what happens and what time it is, and stores what it says, in order. */
export class Driver {
  readonly state: RaftState;
  readonly snapshots: Snapshots;
  readonly #options: DriverOptions;
  readonly #log: GroupCommit;
  /** What is being done to snapshots; one thing after the other. Never rejects. */
  #storing: Promise<void>;
  /** What is to be carried out. What that leads to comes after it. */
  #effects: RaftEffect[] = [];
  #isCarryingOut = false;
  #wake: { readonly atMs: number; readonly timer: Timer } | undefined;
  #isStopped = false;

  constructor(options: DriverOptions, stored: Stored) {
    const { kv, clock, chance } = options;
    const failed = (error: unknown) => this.#options.failed(error);
    this.#options = options;
    this.#log = new GroupCommit(kv, failed);
    this.snapshots = new Snapshots(kv, clock, failed);
    this.#storing = this.snapshots.removeStrays().catch(() => {});
    const { self, term, vote, snapshot } = stored;
    const log = logOf(kv, stored);
    const sets = new VoterSets({ offset: snapshot.offset, set: snapshot.set }, stored.sets);
    this.state = started({ self, term, vote, snapshot, log, sets, chance }, clock.monotonicMs());
  }

  /** Tells the machine, and carries out what it says: at once, or after what is being carried out. */
  step(event: RaftEvent): void {
    if (this.#isStopped) return;
    this.#effects.push(...this.#decide(event));
    if (this.#isCarryingOut) return;
    this.#isCarryingOut = true;
    try {
      for (let effect = this.#effects.shift(); effect !== undefined && !this.#isStopped; effect = this.#effects.shift())
        this.#carryOut(effect);
    } finally {
      this.#isCarryingOut = false;
    }
    this.#setTimer();
  }

  /** Makes this node, which is empty, one of a quorum that begins, unless it hears of another one before that is durable. */
  bear(set: VoterSet): void {
    const snapshot = { ...this.snapshots.current, set };
    const changes = () => (isEmpty(this.state) ? [snapshotChange(snapshot)] : []);
    this.#log.write(changes, () => {
      if (!isEmpty(this.state)) return;
      this.snapshots.installed(snapshot);
      this.step({ type: "born", snapshot });
    });
  }

  /** Does something to the snapshot, after what is being done to it. */
  afterSnapshots<Value>(act: () => Promise<Value>): Promise<Value> {
    const done = this.#storing.then(act);
    this.#storing = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  /** Stores this node's own state as a snapshot. */
  async takeSnapshot(offset: Offset, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const isOvertaken = () => offset <= this.state.snapshot.offset;
    const set = this.state.sets.asOf(offset);
    const snapshot = await this.snapshots.write({ offset, set }, chunks, isOvertaken);
    if (snapshot !== undefined) this.step({ type: "snapshotTaken", snapshot });
    await this.snapshots.removeFoldedIn();
  }

  /** Ends: nothing is stored any more, and nobody is told. Resolves when what is under way has come to its end. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wake?.timer.cancel();
    this.#wake = undefined;
    this.snapshots.stop();
    await Promise.all([this.#log.stop(), this.#storing]);
  }

  /** The log is read for others, too: where what was stored is damaged by now, this node cannot go on. */
  #decide(event: RaftEvent): RaftEffect[] {
    try {
      return step(this.state, event, this.#options.clock.monotonicMs());
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      this.#options.failed(error);
      return [];
    }
  }

  #carryOut(effect: RaftEffect): void {
    switch (effect.type) {
      case "storeHardState":
        return this.#storeHardState(effect);
      case "storeEntries":
        return this.#storeEntries(effect);
      case "storeChunk":
        return this.#storeChunk(effect);
      case "installSnapshot":
        return this.#installSnapshot(effect);
      default:
        return this.#options.carryOut(effect);
    }
  }

  #storeHardState({ term, vote }: Extract<RaftEffect, { type: "storeHardState" }>): void {
    this.#log.write([hardStateChange(term, vote)], () => this.step({ type: "hardStateStored", term, vote }));
  }

  #storeEntries({ term, entries, truncateFrom }: Extract<RaftEffect, { type: "storeEntries" }>): void {
    const changes = entries.flatMap(changesOf);
    const end = endOf(entries.at(-1)!);
    const all = truncateFrom === undefined ? changes : () => [...removalsFrom(this.#options.kv, truncateFrom), ...changes];
    this.#log.write(all, () => this.step({ type: "entriesStored", term, end }));
  }

  #storeChunk({ term, snapshot, index, bytes }: Extract<RaftEffect, { type: "storeChunk" }>): void {
    const { offset } = snapshot;
    void this.afterSnapshots(() => this.snapshots.storeChunk(snapshot, index, bytes)).then(
      (isSound) => this.step({ type: "chunkStored", term, offset, index, isSound }),
      () => {},
    );
  }

  #installSnapshot({ term, snapshot }: Extract<RaftEffect, { type: "installSnapshot" }>): void {
    this.#log.write(
      () => this.snapshots.installation(snapshot),
      () => {
        this.snapshots.installed(snapshot);
        this.#options.installed(snapshot);
        void this.afterSnapshots(() => this.snapshots.removeFoldedIn()).catch(() => {});
        this.step({ type: "entriesStored", term, end: endOfSnapshot(snapshot) });
      },
    );
  }

  /** One timer at a time; one that comes too early does nothing but set the next. */
  #setTimer(): void {
    const atMs = wakeAtMs(this.state);
    if (this.#isStopped || atMs === Infinity || (this.#wake !== undefined && this.#wake.atMs <= atMs)) return;
    this.#wake?.timer.cancel();
    const { clock } = this.#options;
    const timer = clock.timer(Math.max(0, atMs - clock.monotonicMs()), () => {
      this.#wake = undefined;
      this.step({ type: "tick" });
    });
    this.#wake = { atMs, timer };
  }
}

function changesOf(entry: LogEntry): KvChange[] {
  const { offset, payload } = entry;
  const change = { key: entryKey(offset), value: encodeEntry(entry) };
  return payload.kind === "voterSet" ? [change, { key: voterSetKey(offset), value: encodeSet(payload.set) }] : [change];
}

function encodeSet(set: VoterSet): Buffer {
  return VoterSetMessage.encode(writeVoterSet(set)).finish();
}
