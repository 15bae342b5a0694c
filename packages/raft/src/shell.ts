import type { Clock, Kv, Logger } from "@millrace/runtime";
import { assert, MiB, MillraceError, Offset } from "@millrace/vocabulary";
import { encodeEntry, endOf, type LogEntry } from "./entry.ts";
import { GroupCommit } from "./group-commit.ts";
import { HandOver } from "./hand-over.ts";
import { hardStateChange } from "./hard-state.ts";
import { entryKey } from "./keys.ts";
import { leads, type RaftEffect, type RaftEvent, type RaftState, started, step } from "./machine.ts";
import type { Quorum, QuorumFollower, Role } from "./quorum.ts";
import { Snapshots } from "./snapshots.ts";
import { endOfSnapshot, type Stored } from "./store.ts";

/** A proposal is one entry, and an entry is one value of the store and, later, one message to each voter. */
export const proposalBytesMax: number = 8 * MiB;

/** What the shell needs of the world. */
export interface ShellOptions {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The quorum has failed and is closed: nothing was acknowledged since. Called once. */
  readonly onFailure: (error: unknown) => void;
}

/** Feeds the machine, and carries out what it says. */
export class QuorumShell implements Quorum {
  readonly #options: ShellOptions;
  readonly #state: RaftState;
  readonly #log: GroupCommit;
  readonly #snapshots: Snapshots;
  /** What ends each proposal that is not resolved yet. */
  readonly #proposals = new Set<(error: MillraceError) => void>();
  #follower: QuorumFollower | undefined;
  #handOver: HandOver | undefined;
  #election: { won: () => void; failed: (error: unknown) => void } | undefined;
  /** What is being done to the snapshot; one thing after the other. Never rejects. */
  #storing: Promise<void>;
  #isClosed = false;
  role: Role;

  constructor(options: ShellOptions, { self, term, vote, snapshot, logEnd }: Stored) {
    const failed = (error: unknown) => this.#fail(error);
    this.#options = options;
    this.#state = started(self, snapshot.voters, { term, vote, snapshotEnd: endOfSnapshot(snapshot), logEnd });
    this.#log = new GroupCommit(options.kv, failed);
    this.#snapshots = new Snapshots(options.kv, options.clock, failed);
    this.#storing = this.#snapshots.removeRest().catch(() => {});
    this.role = { leader: false, term };
  }

  get nextOffset(): Offset {
    return this.#state.logEnd;
  }

  /** Begins a term, and resolves when it is won. Rejects where the store fails. */
  elect(): Promise<void> {
    return new Promise((won, failed) => {
      this.#election = { won, failed };
      this.#step({ type: "campaign" });
    });
  }

  async propose(records: readonly Uint8Array[]): Promise<Offset> {
    const bytes = records.reduce((sum, { length }) => sum + length, 0);
    assert(records.length > 0 && bytes <= proposalBytesMax, "a proposal is bounded", { records: records.length, bytes, proposalBytesMax });
    if (!this.role.leader) throw new MillraceError("NOT_CONTROLLER", { term: this.role.term });
    this.#step({ type: "propose", records });
    const end = this.#state.logEnd;
    return new Promise((resolve, reject) => {
      this.#proposals.add(reject);
      this.#handOver!.whenAt(end, () => {
        this.#proposals.delete(reject);
        resolve(Offset(end - 1));
      });
    });
  }

  async follow(follower: QuorumFollower): Promise<void> {
    assert(this.#follower === undefined, "a quorum has one follower");
    if (this.#isClosed) throw new MillraceError("CLOSED");
    this.#follower = follower;
    const { kv, clock } = this.#options;
    const { current: snapshot } = this.#snapshots;
    await follower.restore(snapshot.offset, snapshot.term, this.#snapshots.read());
    if (this.#isClosed) throw new MillraceError("CLOSED");
    this.#handOver = new HandOver(kv, clock, endOfSnapshot(snapshot), follower, (error) => this.#fail(error));
    return new Promise((resolve, reject) => {
      this.#proposals.add(reject);
      this.#handOver!.advance(this.#state.committedEnd);
      this.#handOver!.whenAt(this.#state.committedEnd, () => {
        this.#proposals.delete(reject);
        if (leads(this.#state)) this.#setRole({ leader: true, term: this.#state.term });
        resolve();
      });
    });
  }

  snapshot(offset: Offset, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    assert(offset < this.#state.committedEnd, "a snapshot holds what is committed", { offset, committedEnd: this.#state.committedEnd });
    const stored = this.#storing.then(() => this.#snapshots.write(offset, chunks));
    this.#storing = stored.catch(() => {});
    return stored;
  }

  async close(): Promise<void> {
    this.#end(new MillraceError("NOT_CONTROLLER", { term: this.role.term }));
    await Promise.all([this.#log.stop(), this.#handOver?.stop(), this.#storing]);
  }

  #step(event: RaftEvent): void {
    for (const effect of step(this.#state, event)) this.#carryOut(effect);
  }

  #carryOut(effect: RaftEffect): void {
    switch (effect.type) {
      case "storeHardState":
        return this.#storeHardState(effect);
      case "storeEntry":
        return this.#storeEntry(effect.entry);
      case "commit":
        return this.#handOver?.advance(effect.end);
      case "lead":
        this.#election?.won();
        this.#election = undefined;
    }
  }

  #storeHardState({ term, vote }: Extract<RaftEffect, { type: "storeHardState" }>): void {
    this.#log.write([hardStateChange(term, vote)], () => this.#step({ type: "hardStateStored", term, vote }));
  }

  #storeEntry(entry: LogEntry): void {
    const { term } = entry;
    const end = endOf(entry);
    const change = { key: entryKey(entry.offset), value: encodeEntry(entry) };
    this.#log.write([change], () => this.#step({ type: "entriesStored", term, end }));
  }

  #setRole(role: Role): void {
    this.role = role;
    this.#options.logger.info("controller role changed", { ...role });
    this.#follower?.roleChanged(role);
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return;
    this.#options.logger.error("quorum failed", { error });
    this.#end(new MillraceError("NOT_CONTROLLER", { term: this.role.term }, { cause: error }));
    if (this.#election === undefined) this.#options.onFailure(error);
    else this.#election.failed(error);
  }

  /** Nothing is acknowledged, handed over or written from here on, but for the commit that is under way. */
  #end(reason: MillraceError): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    void this.#log.stop();
    void this.#handOver?.stop();
    this.#snapshots.stop();
    if (this.role.leader) this.#setRole({ leader: false, term: this.role.term });
    for (const reject of this.#proposals) reject(reason);
    this.#proposals.clear();
  }
}
