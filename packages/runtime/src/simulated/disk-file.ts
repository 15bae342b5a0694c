import { byteLengthOf } from "../byte-length.ts";
import { diskError } from "../disk-error.ts";
import type { DiskCounters, DiskFile } from "../ports/disk.ts";
import type { DiskParts } from "./disk.ts";
import type { PendingWrite } from "./disk-image.ts";
import type { DiskOperation } from "./faults.ts";
import { type Inode, sectorBytes } from "./inode.ts";

/** An open file of a simulated disk. What an operation does, it does when it ends; so operations that overlap end in any order. */
export class SimulatedDiskFile implements DiskFile {
  readonly path: string;
  readonly #inode: Inode;
  readonly #isWritable: boolean;
  readonly #parts: DiskParts;
  readonly #counters: DiskCounters;
  #underWay = 0;
  #closed: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor(path: string, inode: Inode, isWritable: boolean, parts: DiskParts, counters: DiskCounters) {
    this.path = path;
    this.#inode = inode;
    this.#isWritable = isWritable;
    this.#parts = parts;
    this.#counters = counters;
  }

  read(into: Uint8Array, position: number): Promise<number> {
    return this.#operate("read", () => {
      const bytes = this.#inode.read(into, position);
      this.#counters.reads++;
      this.#counters.readBytes += bytes;
      return bytes;
    });
  }

  write(buffers: readonly Uint8Array[], position: number): Promise<void> {
    if (!this.#isWritable) return this.#operate("write", () => this.#fail("write", "EBADF"));
    const { image } = this.#parts;
    const bytes = byteLengthOf(buffers);
    const pending: PendingWrite = { file: this.#inode, buffers, position, bytes };
    if (this.#closed === undefined && !this.#parts.life.isOver) image.pending.add(pending);
    const apply = () => {
      image.pending.delete(pending);
      const room = this.#roomFor(position, bytes);
      if (bytes > 0) this.#inode.write(buffers, this.#landing(position, bytes), room);
      this.#inode.modifiedMs = this.#parts.clock.wallMs();
      if (room < bytes) this.#fail("write", "ENOSPC");
      this.#counters.writes++;
      this.#counters.writtenBytes += bytes;
    };
    return this.#operate("write", apply, () => {
      image.pending.delete(pending);
      this.#inode.write(buffers, position, this.#parts.chance.below(bytes + 1));
    });
  }

  truncate(size: number): Promise<void> {
    if (!this.#isWritable) return this.#operate("truncate", () => this.#fail("truncate", "EBADF"));
    return this.#operate("truncate", () => this.#inode.truncate(size));
  }

  sync(): Promise<void> {
    const sync = this.#inode.beginSync();
    const succeed = () => {
      sync.succeed();
      this.#counters.syncs++;
    };
    const fail = () => {
      sync.fail();
      this.#parts.image.failedSyncs++;
    };
    return this.#operate("sync", succeed, fail);
  }

  size(): Promise<number> {
    return this.#operate("size", () => this.#inode.sizeBytes);
  }

  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      const { life, chance, faults } = this.#parts;
      const close = () => life.after(chance.within(faults().operationUs), resolve);
      if (this.#underWay === 0) close();
      else this.#onIdle = close;
    });
    return this.#closed;
  }

  /** Where a write lands: a misdirected one before its place, over what lies there. */
  #landing(position: number, bytes: number): number {
    const { image, chance, faults } = this.#parts;
    const sectors = Math.floor(Math.max(0, this.#inode.sizeBytes - bytes) / sectorBytes);
    if (sectors === 0 || !chance.hits(faults().misdirectedPpm)) return position;
    image.misdirected.push(this.path);
    return chance.below(sectors) * sectorBytes;
  }

  /** How many of the bytes the disk has room for. */
  #roomFor(position: number, bytes: number): number {
    const grownBytes = Math.max(0, position + bytes - this.#inode.sizeBytes);
    const { image, faults } = this.#parts;
    return bytes - image.lacking(grownBytes, faults().capacityBytes);
  }

  /** Acts in due time, or does what a failure leaves and rejects. */
  #operate<Value>(operation: DiskOperation, act: () => Value, onFault: () => void = () => {}): Promise<Value> {
    const { life, image, chance, faults } = this.#parts;
    if (this.#closed !== undefined) return life.settle(0, () => this.#fail(operation, "EBADF"));
    this.#underWay++;
    return life.settle(chance.within(operation === "sync" ? faults().syncUs : faults().operationUs), () => {
      try {
        const errno = image.faultOf(operation, faults());
        if (errno === undefined) return act();
        onFault();
        return this.#fail(operation, errno);
      } finally {
        if (--this.#underWay === 0) this.#onIdle?.();
      }
    });
  }

  #fail(operation: DiskOperation, errno: string): never {
    throw diskError(operation, this.path, errno);
  }
}
