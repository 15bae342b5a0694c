import { crc32 } from "node:zlib";
import { Snapshot } from "@millrace/contracts/raft";
import type { Clock, Kv, KvChange } from "@millrace/runtime";
import { assert, MiB, MillraceError, Offset } from "@millrace/vocabulary";
import { allChunks, chunkKey, entryKey, snapshotKey } from "./keys.ts";
import { endOfSnapshot, readSnapshot, type SnapshotDescription, termAt } from "./store.ts";
import { nextTurn } from "./turn.ts";
import { writeVoters } from "./voters.ts";

/** A chunk is written, sent and read in one step of the event loop. */
export const snapshotChunkBytesMax: number = MiB;
/** Keys are removed in commits of so many, each a step of about a millisecond. */
const removalsPerCommit = 1_000;

/** The change that makes a snapshot the one that counts. Its chunks are durable before. */
export function snapshotChange(description: SnapshotDescription) {
  const { voters, ...rest } = description;
  return { key: snapshotKey, value: Snapshot.encode({ ...rest, voters: writeVoters(voters) }).finish() };
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

  /** Stores a snapshot as of `offset`, chunk by chunk, then makes it the one that counts, then removes what lies behind it. */
  async write(offset: Offset, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    if (offset <= this.#current.offset) return;
    const count = new ChunkCount();
    for await (const chunk of chunks) {
      await this.#commit([{ key: chunkKey(offset, count.chunks), value: chunk }]);
      count.add(chunk);
    }
    const term = termAt(this.#kv, this.#current, offset);
    const { voters } = this.#current;
    const next = { offset, term, voters, chunks: count.chunks, bytes: count.bytes, checksum: count.checksum };
    await this.#commit([snapshotChange(next)]);
    this.#current = next;
    await this.removeRest();
  }

  /** Removes chunks of other snapshots and entries that are folded in: what a crash, or the snapshot before, left. */
  async removeRest(): Promise<void> {
    const { offset } = this.#current;
    await this.#remove({ from: allChunks.from, to: chunkKey(offset, 0) });
    await this.#remove({ from: chunkKey(Offset(offset + 1), 0), to: allChunks.to });
    await this.#remove({ from: entryKey(Offset(0)), to: entryKey(endOfSnapshot(this.#current)) });
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
