import { crc32 } from "node:zlib";
import { Snapshot } from "@millrace/contracts/raft";
import type { Clock, Kv, KvChange } from "@millrace/runtime";
import { assert, MiB, MillraceError, Offset } from "@millrace/vocabulary";
import { allChunks, chunkKey, entryKey, snapshotKey, voterSetKey } from "./keys.ts";
import { endOfSnapshot, type SnapshotDescription } from "./snapshot-description.ts";
import { readSnapshot, termAt } from "./store.ts";
import { nextTurn } from "./turn.ts";
import { type VoterSet, writeVoterSet } from "./voters.ts";

/** A chunk is written, sent and read in one step of the event loop. */
export const snapshotChunkBytesMax: number = MiB;
/** Keys are removed in commits of so many, each a step of about a millisecond. */
const removalsPerCommit = 1_000;

/** The change that makes a snapshot the one that counts. Its chunks are durable before. */
export function snapshotChange(description: SnapshotDescription) {
  const { set, ...rest } = description;
  return { key: snapshotKey, value: Snapshot.encode({ ...rest, voters: writeVoterSet(set) }).finish() };
}

/** Describes chunks while they pass by. */
export class ChunkCount {
  chunks = 0;
  bytes = 0;
  checksum = 0;

  add(chunk: Uint8Array): void {
    assert(chunk.length > 0 && chunk.length <= snapshotChunkBytesMax, "a chunk is bounded", { bytes: chunk.length });
    this.chunks++;
    this.bytes += chunk.length;
    this.checksum = crc32(chunk, this.checksum);
  }

  /** Whether the chunks that passed by are the ones described. */
  matches({ chunks, bytes, checksum }: SnapshotDescription): boolean {
    return this.chunks === chunks && this.bytes === bytes && this.checksum === checksum;
  }
}

/** The snapshot in the store: one that counts, and at times the chunks of the next or of the last one. */
export class Snapshots {
  readonly #kv: Kv;
  readonly #clock: Clock;
  readonly #onFailure: (error: unknown) => void;
  #current: SnapshotDescription;
  /** The chunks of another leader's snapshot that are durable. */
  #incoming = new ChunkCount();
  #isStopped = false;

  /** @param onFailure called when the store rejects a commit */
  constructor(kv: Kv, clock: Clock, onFailure: (error: unknown) => void) {
    this.#kv = kv;
    this.#clock = clock;
    this.#onFailure = onFailure;
    this.#current = readSnapshot(kv);
  }

  get current(): SnapshotDescription {
    return this.#current;
  }

  /** A chunk of the snapshot that counts; undefined where it is another one, or it has no such chunk. */
  chunk(offset: Offset, index: number): Buffer | undefined {
    return offset === this.#current.offset ? this.#kv.get(chunkKey(offset, index)) : undefined;
  }

  /** The chunks of the snapshot that counts, one for each turn. Throws DATA_DAMAGED where they are not what was written. */
  async *read(): AsyncGenerator<Buffer> {
    const description = this.#current;
    const count = new ChunkCount();
    for (let index = 0; index < description.chunks; index++) {
      const chunk = this.#kv.get(chunkKey(description.offset, index));
      if (chunk === undefined)
        throw new MillraceError("DATA_DAMAGED", { store: "raft", snapshot: description.offset, missingChunk: index });
      count.add(chunk);
      yield chunk;
      await nextTurn(this.#clock);
    }
    if (!count.matches(description)) throw new MillraceError("DATA_DAMAGED", { store: "raft", snapshot: description.offset, ...count });
  }

  /**
   * Stores a snapshot as of `offset`, chunk by chunk, then makes it the one that counts, then removes what lies behind it.
   * Resolves to undefined where a later one came before it.
   *
   * @param isOvertaken whether a snapshot that is as late counts, or is about to
   */
  async write(
    { offset, set }: { offset: Offset; set: VoterSet },
    chunks: AsyncIterable<Uint8Array>,
    isOvertaken: () => boolean,
  ): Promise<SnapshotDescription | undefined> {
    if (isOvertaken()) return undefined;
    const count = new ChunkCount();
    for await (const chunk of chunks) {
      await this.#commit([{ key: chunkKey(offset, count.chunks), value: chunk }]);
      count.add(chunk);
    }
    if (isOvertaken()) return undefined;
    const term = termAt(this.#kv, this.#current, offset);
    const next = { offset, term, set, chunks: count.chunks, bytes: count.bytes, checksum: count.checksum };
    await this.#commit([snapshotChange(next)]);
    if (this.#current.offset < offset) this.#current = next;
    return next;
  }

  /** Stores a chunk of a snapshot that another node sends. Resolves to whether, with the last one, all are what it says. */
  async storeChunk(snapshot: SnapshotDescription, index: number, chunk: Buffer | undefined): Promise<boolean> {
    if (chunk === undefined || chunk.length === 0 || chunk.length > snapshotChunkBytesMax) return false;
    if (index === 0) this.#incoming = new ChunkCount();
    await this.#commit([{ key: chunkKey(snapshot.offset, index), value: chunk }]);
    this.#incoming.add(chunk);
    return index + 1 < snapshot.chunks || this.#incoming.matches(snapshot);
  }

  /** The changes that let a snapshot, whose chunks are durable, take the place of the log: what lies past it was never committed. */
  installation(snapshot: SnapshotDescription): KvChange[] {
    const end = endOfSnapshot(snapshot);
    return [snapshotChange(snapshot), ...removalsFrom(this.#kv, end)];
  }

  /** These changes are durable. */
  installed(snapshot: SnapshotDescription): void {
    this.#current = snapshot;
  }

  /** Removes what crashes left: chunks that belong to no snapshot, and everything that is folded in. */
  async removeStrays(): Promise<void> {
    await this.#remove({ from: chunkKey(this.#current.offset, this.#current.chunks), to: allChunks.to });
    await this.removeFoldedIn();
  }

  /** Removes earlier snapshots, and what is folded into this one. */
  async removeFoldedIn(): Promise<void> {
    const { offset } = this.#current;
    const end = endOfSnapshot(this.#current);
    await this.#remove({ from: allChunks.from, to: chunkKey(offset, 0) });
    await this.#remove({ from: entryKey(Offset(0)), to: entryKey(end) });
    await this.#remove({ from: voterSetKey(Offset(0)), to: voterSetKey(end) });
  }

  /** From now on nothing is written: what is under way rejects with CLOSED. */
  stop(): void {
    this.#isStopped = true;
  }

  async #remove(bounds: { from: Buffer; to: Buffer }): Promise<void> {
    for (;;) {
      if (this.#isStopped) throw new MillraceError("CLOSED");
      const keys = [...this.#kv.range({ ...bounds, limit: removalsPerCommit })].map(({ key }) => key);
      if (keys.length === 0) return;
      await this.#commit(keys.map((key) => ({ key, value: undefined })));
    }
  }

  async #commit(changes: readonly KvChange[]): Promise<void> {
    if (this.#isStopped) throw new MillraceError("CLOSED");
    try {
      await this.#kv.commit(changes);
    } catch (error) {
      this.#onFailure(error);
      throw error;
    }
  }
}

/** The changes that cut off the log at `from`: what lies there was never committed, so it is little. */
export function removalsFrom(kv: Kv, from: Offset): KvChange[] {
  const last = Offset(Number.MAX_SAFE_INTEGER);
  const entries = [...kv.range({ from: entryKey(from), to: entryKey(last) })];
  const sets = [...kv.range({ from: voterSetKey(from), to: voterSetKey(last) })];
  return [...entries, ...sets].map(({ key }) => ({ key, value: undefined }));
}
