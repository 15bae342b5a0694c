import { byteLengthOf } from "../byte-length.ts";
import type { Chance } from "./chance.ts";

/** What a disk writes as one: of a write that a power cut meets, each sector is there or not. */
export const sectorBytes = 512;

const growthBytesMin = 4096;
const noBytes = Buffer.alloc(0);

/**
 * The writes between two syncs. Each sector they touched is kept here as it was before: so what a power cut may bring back is
 * known without a second copy of the file.
 */
interface Generation {
  readonly before: Map<number, Buffer>;
  /** The file's size when the generation began. */
  sizeBytes: number;
  /** Its sync failed: the pages count as clean since, and no later sync writes them. */
  isLost: boolean;
}

/**
 * What a file holds: in the page cache, which every read sees, and on the platter, which a power cut leaves. Bytes past the
 * size are zero at all times.
 */
export class Inode {
  modifiedMs = 0;
  #bytes: Buffer = noBytes;
  #sizeBytes = 0;
  /** Oldest first; the last one takes the writes of now. */
  #generations: Generation[] = [{ before: new Map(), sizeBytes: 0, isLost: false }];

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Everything it holds; not to be changed. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#sizeBytes);
  }

  /** A file of its own with the same bytes, all of them synced. */
  copy(): Inode {
    const copy = new Inode();
    copy.modifiedMs = this.modifiedMs;
    copy.write([this.bytes], 0);
    copy.beginSync().succeed();
    return copy;
  }

  /** Turns one bit over, on the platter too: what a power cut would bring back of this sector is as rotten. */
  flipBit(position: number, bit: number): void {
    this.#bytes[position]! ^= 1 << bit;
    const sector = Math.floor(position / sectorBytes);
    for (const { before } of this.#generations) {
      const kept = before.get(sector);
      if (kept !== undefined && position % sectorBytes < kept.length) kept[position % sectorBytes]! ^= 1 << bit;
    }
  }

  /** Copies bytes out; fewer than asked where the file ends. */
  read(into: Uint8Array, position: number): number {
    const end = Math.min(this.#sizeBytes, position + into.length);
    if (end <= position) return 0;
    into.set(this.#bytes.subarray(position, end));
    return end - position;
  }

  /** Writes the first `bytesMax` bytes of the buffers. */
  write(buffers: readonly Uint8Array[], position: number, bytesMax = Infinity): void {
    let at = position;
    const end = position + Math.min(bytesMax, byteLengthOf(buffers));
    this.#touch(position, end);
    if (end > this.#sizeBytes) this.#resize(end);
    for (const buffer of buffers) {
      if (at >= end) break;
      const part = buffer.length > end - at ? buffer.subarray(0, end - at) : buffer;
      this.#bytes.set(part, at);
      at += part.length;
    }
  }

  truncate(sizeBytes: number): void {
    if (sizeBytes < this.#sizeBytes) {
      this.#touch(sizeBytes, this.#sizeBytes);
      this.#bytes.fill(0, sizeBytes, this.#sizeBytes);
    }
    this.#resize(sizeBytes);
  }

  /** Begins a sync of what has been written until now; writes from now on belong to the next one. */
  beginSync(): { succeed: () => void; fail: () => void } {
    const covered = this.#generations.length;
    const last = this.#generations[covered - 1]!;
    const next: Generation = { before: new Map(), sizeBytes: this.#sizeBytes, isLost: false };
    this.#generations.push(next);
    return { succeed: () => this.#settle(last), fail: () => this.#lose(last) };
  }

  /** What a power cut leaves: of each sector that was not synced, one of the states it had since. */
  cutPower(chance: Chance, survivesPpm: number): void {
    const sizes = this.#generations.map(({ sizeBytes }) => sizeBytes);
    const size = chance.hits(survivesPpm) ? this.#sizeBytes : tornSize(chance, chance.pick(sizes), this.#sizeBytes);
    for (const [sector, states] of this.#statesBefore()) {
      if (chance.hits(survivesPpm)) continue;
      const state = chance.pick(states);
      this.#bytes.fill(0, sector * sectorBytes, (sector + 1) * sectorBytes);
      this.#bytes.set(state, sector * sectorBytes);
    }
    this.#sizeBytes = Math.min(size, this.#bytes.length);
    this.#bytes.fill(0, this.#sizeBytes);
    this.#generations = [{ before: new Map(), sizeBytes: this.#sizeBytes, isLost: false }];
  }

  /** The states before, of each sector that is not synced, oldest first. */
  #statesBefore(): Map<number, Buffer[]> {
    const sectors = new Map<number, Buffer[]>();
    for (const { before } of this.#generations) {
      for (const [sector, state] of before) {
        const states = sectors.get(sector);
        if (states === undefined) sectors.set(sector, [state]);
        else states.push(state);
      }
    }
    return sectors;
  }

  /** A sync succeeded: everything up to and with this generation is on the platter, but what an earlier failure lost. */
  #settle(last: Generation): void {
    const covered = this.#generations.slice(0, this.#generations.indexOf(last) + 1);
    const lost = covered.filter(({ isLost }) => isLost);
    const size = this.#generations[covered.length]?.sizeBytes ?? this.#sizeBytes;
    for (const [index, { before, isLost }] of covered.entries()) {
      if (isLost) continue;
      for (const earlier of covered.slice(0, index)) for (const sector of before.keys()) earlier.before.delete(sector);
    }
    for (const generation of lost) generation.sizeBytes = size;
    this.#generations = [...lost.filter(({ before }) => before.size > 0), ...this.#generations.slice(covered.length)];
  }

  #lose(last: Generation): void {
    for (const generation of this.#generations.slice(0, this.#generations.indexOf(last) + 1)) generation.isLost = true;
  }

  /** Keeps the sectors in [from, to) as they are, for whom this generation has not yet kept them. */
  #touch(from: number, to: number): void {
    const { before } = this.#generations.at(-1)!;
    const end = Math.ceil(to / sectorBytes);
    for (let sector = Math.floor(from / sectorBytes); sector < end; sector++) {
      if (before.has(sector)) continue;
      const start = sector * sectorBytes;
      before.set(sector, start >= this.#sizeBytes ? noBytes : Buffer.from(this.#bytes.subarray(start, start + sectorBytes)));
    }
  }

  #resize(sizeBytes: number): void {
    this.#sizeBytes = sizeBytes;
    if (sizeBytes <= this.#bytes.length) return;
    const grown = Buffer.alloc(Math.max(growthBytesMin, 2 ** Math.ceil(Math.log2(sizeBytes))));
    this.#bytes.copy(grown);
    this.#bytes = grown;
  }
}

/** A file that was growing may have any end between its old and its new one. */
function tornSize(chance: Chance, before: number, now: number): number {
  if (now <= before) return before;
  const sectors = Math.ceil((now - before) / sectorBytes);
  return Math.min(now, before + chance.below(sectors + 1) * sectorBytes);
}
