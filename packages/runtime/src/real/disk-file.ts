import fs from "node:fs";
import { byteLengthOf } from "../byte-length.ts";
import { diskError } from "../disk-error.ts";
import type { DiskCounters, DiskFile } from "../ports/disk.ts";
import { errnoOf } from "./errno.ts";
import type { PromptWrites } from "./prompt-writes.ts";

/**
 * A file by its descriptor. Callbacks on descriptors cost less than a FileHandle (bench/disk.ts). The descriptor's
 * number may belong to another file once it is closed, so closing waits for what is under way and refuses the rest.
 */
export class RealDiskFile implements DiskFile {
  readonly path: string;
  readonly #descriptor: number;
  readonly #counters: DiskCounters;
  readonly #prompt: PromptWrites;
  #underWay = 0;
  #closed: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor(path: string, descriptor: number, { counters, prompt }: { counters: DiskCounters; prompt: PromptWrites }) {
    this.path = path;
    this.#descriptor = descriptor;
    this.#counters = counters;
    this.#prompt = prompt;
  }

  read(into: Uint8Array, position: number): Promise<number> {
    return this.#operate("read", (descriptor, resolve, reject) => {
      const readOn = (done: number) =>
        fs.read(descriptor, into, done, into.length - done, position + done, (error, bytes) => {
          if (error) return reject(error);
          if (bytes > 0 && done + bytes < into.length) return readOn(done + bytes);
          this.#counters.reads++;
          this.#counters.readBytes += done + bytes;
          resolve(done + bytes);
        });
      readOn(0);
    });
  }

  write(buffers: readonly Uint8Array[], position: number): Promise<void> {
    const bytes = byteLengthOf(buffers);
    const nowMs = performance.now();
    if (this.#underWay === 0 && bytes > 0 && this.#closed === undefined && this.#prompt.allows(bytes, nowMs))
      return this.#writePromptly(buffers, position, bytes, nowMs);
    return this.#operate("write", (descriptor, resolve, reject) => {
      const writeOn = (rest: readonly Uint8Array[], done: number) =>
        fs.writev(descriptor, rest, position + done, (error, written) => {
          if (error) return reject(error);
          if (done + written < bytes) return written > 0 ? writeOn(after(rest, written), done + written) : reject(stuck);
          this.#counters.writes++;
          this.#counters.writtenBytes += bytes;
          resolve();
        });
      if (bytes === 0) resolve();
      else writeOn(buffers, 0);
    });
  }

  /** The promise settles after this turn's work, as after any other write. */
  #writePromptly(buffers: readonly Uint8Array[], position: number, bytes: number, startMs: number): Promise<void> {
    try {
      for (let done = 0, rest = buffers; done < bytes;) {
        const written = fs.writevSync(this.#descriptor, rest, position + done);
        if (written === 0) throw stuck;
        done += written;
        if (done < bytes) rest = after(rest, written);
      }
    } catch (error) {
      return Promise.reject(diskError("write", this.path, errnoOf(error), error as Error));
    }
    const endMs = performance.now();
    this.#prompt.took(endMs - startMs, endMs);
    this.#counters.writes++;
    this.#counters.writtenBytes += bytes;
    return Promise.resolve();
  }

  truncate(size: number): Promise<void> {
    return this.#operate("truncate", (descriptor, resolve, reject) =>
      fs.ftruncate(descriptor, size, (error) => (error ? reject(error) : resolve())),
    );
  }

  sync(): Promise<void> {
    return this.#operate("sync", (descriptor, resolve, reject) =>
      fs.fdatasync(descriptor, (error) => {
        if (error) return reject(error);
        this.#counters.syncs++;
        resolve();
      }),
    );
  }

  size(): Promise<number> {
    return this.#operate("size", (descriptor, resolve, reject) =>
      fs.fstat(descriptor, (error, stats) => (error ? reject(error) : resolve(stats.size))),
    );
  }

  close(): Promise<void> {
    this.#closed ??= new Promise((resolve, reject) => {
      const close = () =>
        fs.close(this.#descriptor, (error) => (error ? reject(diskError("close", this.path, errnoOf(error), error)) : resolve()));
      if (this.#underWay === 0) close();
      else this.#onIdle = close;
    });
    return this.#closed;
  }

  #operate<Value>(
    operation: string,
    begin: (descriptor: number, resolve: (value: Value) => void, reject: (error: Error) => void) => void,
  ): Promise<Value> {
    if (this.#closed !== undefined) return Promise.reject(diskError(operation, this.path, "EBADF"));
    this.#underWay++;
    return new Promise((resolve, reject) =>
      begin(
        this.#descriptor,
        (value) => {
          this.#ended();
          resolve(value);
        },
        (error) => {
          this.#ended();
          reject(diskError(operation, this.path, errnoOf(error), error));
        },
      ),
    );
  }

  #ended(): void {
    if (--this.#underWay === 0) this.#onIdle?.();
  }
}

/** A write of at least one byte that wrote none and gave no error: going on would never end. */
const stuck: NodeJS.ErrnoException = Object.assign(new Error("nothing was written"), { code: "EIO" });

/** What is left of the buffers after their first `written` bytes. */
function after(buffers: readonly Uint8Array[], written: number): Uint8Array[] {
  let skipped = 0;
  let index = 0;
  while (skipped + buffers[index]!.length <= written) skipped += buffers[index++]!.length;
  return [buffers[index]!.subarray(written - skipped), ...buffers.slice(index + 1)];
}
