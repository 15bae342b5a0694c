import { crc32 } from "node:zlib";
import { endOf, endOfSnapshot, type LogEntry, readStoredChange, type SnapshotDescription, type VoterSet } from "@millrace/raft/testing";
import type { VoterId } from "@millrace/raft";
import type { StoreChanges } from "@millrace/runtime/simulated";
import { Offset } from "@millrace/vocabulary";
import { holds } from "../../violation.ts";
import type { Agreement } from "./agreement.ts";

interface Kept {
  readonly term: number;
  readonly end: Offset;
  /** Undefined: the entry is about something else. */
  readonly set: VoterSet | undefined;
}

/** A set of voters, and where it stands. */
export interface PlacedSet {
  readonly offset: number;
  readonly set: VoterSet;
}

/**
 * What one voter's disk holds durably, followed change by change: its term and vote (R5), its log (R2) and the snapshot that the log begins
 * after (R8). It stays as it was when the disk is lost: what was durable once has counted.
 */
export class DurableLog {
  readonly #key: string;
  readonly #agreement: Agreement;
  #entries = new Map<number, Kept>();
  /** Terms of entries by where they end. */
  #terms = new Map<number, number>();
  #chunks = new Map<string, Buffer>();
  #term = 0;
  #vote: VoterId | undefined;
  #snapshot: SnapshotDescription | undefined;
  #end = Offset(0);

  constructor(key: string, agreement: Agreement) {
    this.#key = key;
    this.#agreement = agreement;
  }

  /** Whether the entry of this term that ends at `end` is there, or folded into the snapshot. */
  holds(end: Offset, term: number): boolean {
    return this.#terms.get(end) === term || (this.#snapshot !== undefined && endOfSnapshot(this.#snapshot) >= end);
  }

  /** The term of the entry that ends there; undefined where none does, or it is folded in. */
  termAt(end: number): number | undefined {
    return end <= this.#logStart ? undefined : this.#terms.get(end);
  }

  /** The sets of voters in the snapshot and in the log behind it, in their order. */
  get sets(): readonly PlacedSet[] {
    const inLog = [...this.#entries].flatMap(([offset, { set }]) => (set === undefined || offset < this.#logStart ? [] : { offset, set }));
    const { offset = 0, set } = this.#snapshot ?? {};
    return [...(set === undefined ? [] : [{ offset, set }]), ...inLog].sort((a, b) => a.offset - b.offset);
  }

  /** Takes over what has changed; `isFirst` where the disk holds another state than before, which somebody has put there. */
  take({ isFirst, changes }: StoreChanges): void {
    if (isFirst) this.#forget();
    let isCut = isFirst;
    for (const change of changes) {
      const stored = readStoredChange(change);
      switch (stored.kind) {
        case "hardState":
          this.#voted(stored.term, stored.vote);
          break;
        case "entry":
          this.#put(stored.entry, stored.bytes);
          break;
        case "entryRemoved":
          if (this.#snapshot !== undefined && stored.offset > this.#snapshot.offset) this.#agreement.cutOff();
          this.#remove(stored.offset);
          isCut = true;
          break;
        case "snapshot":
          this.#snapshot = stored.snapshot;
          isCut = true;
          break;
        case "chunk":
          if (stored.bytes === undefined) this.#chunks.delete(`${stored.offset}/${stored.index}`);
          else this.#chunks.set(`${stored.offset}/${stored.index}`, stored.bytes);
          isCut = true;
      }
    }
    if (isCut) this.#judgeBeginning();
  }

  get #logStart(): number {
    return this.#snapshot === undefined ? 0 : endOfSnapshot(this.#snapshot);
  }

  #forget(): void {
    this.#entries = new Map();
    this.#terms = new Map();
    this.#chunks = new Map();
    this.#term = 0;
    this.#vote = undefined;
    this.#end = Offset(0);
  }

  #voted(term: number, vote: VoterId | undefined): void {
    const facts = { voter: this.#key, term, before: this.#term, vote: vote?.nodeId, voteBefore: this.#vote?.nodeId };
    holds(term >= this.#term, "R5", facts);
    const isSame = this.#vote === undefined || (vote?.nodeId === this.#vote.nodeId && vote.directoryId === this.#vote.directoryId);
    holds(term > this.#term || isSame, "R5", facts);
    this.#term = term;
    this.#vote = vote;
  }

  #put(entry: LogEntry, bytes: Buffer): void {
    const { offset, term, payload } = entry;
    const end = endOf(entry);
    this.#remove(offset);
    this.#entries.set(offset, { term, end, set: payload.kind === "voterSet" ? payload.set : undefined });
    this.#terms.set(end, term);
    this.#end = Offset(Math.max(this.#end, end));
    // What lies before a snapshot may be what another leader wrote, until it is removed.
    const previousTerm = offset === this.#logStart ? this.#snapshot?.term : this.#terms.get(offset);
    this.#agreement.match(this.#key, { offset, term, checksum: crc32(bytes), previousTerm });
  }

  #remove(offset: Offset): void {
    const kept = this.#entries.get(offset);
    if (kept === undefined) return;
    this.#entries.delete(offset);
    this.#terms.delete(kept.end);
    // Cut off from here on; what is folded into a snapshot leaves the end where it is.
    if (offset >= this.#logStart) this.#end = Offset(Math.min(this.#end, offset));
  }

  /** The log begins where the snapshot ends, or before, and goes on without a gap; the snapshot is there whole. */
  #judgeBeginning(): void {
    const snapshot = this.#snapshot;
    if (snapshot === undefined) return;
    const facts = { voter: this.#key, snapshot: snapshot.offset, end: this.#end };
    for (let next = endOfSnapshot(snapshot); next < this.#end;) {
      const kept = this.#entries.get(next);
      holds(kept !== undefined, "R8", { ...facts, missing: next });
      next = kept.end;
    }
    let checksum = 0;
    for (let index = 0; index < snapshot.chunks; index++) {
      const chunk = this.#chunks.get(`${snapshot.offset}/${index}`);
      holds(chunk !== undefined, "R8", { ...facts, missingChunk: index });
      checksum = crc32(chunk, checksum);
    }
    holds(checksum === snapshot.checksum, "R8", { ...facts, checksum });
  }
}
