import { crc32c } from "@millrace/records";
import { LeaderEpoch, Offset } from "@millrace/vocabulary";
import type { DirectoryEntries } from "../segment/directory-entries.ts";
import type { OpenFiles } from "../segment/open-files.ts";
import { StoredFile } from "../segment/stored-file.ts";
import type { EpochStart } from "./epoch-cache.ts";
import { type Bookmark, parseBookmark } from "./hints.ts";

/** A log as it was at some offset, everything below which had been written, synced or not. */
export interface WrittenPoint {
  readonly at: Bookmark;
  readonly epochs: readonly EpochStart[];
  /** The producers as of the offset, as `encodeProducers` writes them. */
  readonly producers: Buffer;
}

const fileName = "written-point";
/** Raised when the file changes its meaning; one of another version counts as none. */
const version = 1;
/** A checksum of what follows, and how long the text is. */
const headBytes = 8;

interface Text {
  readonly version: number;
  readonly pageCacheId: string;
  readonly at: Bookmark;
  readonly epochs: readonly (readonly [epoch: number, startOffset: number])[];
  readonly producersBytes: number;
}

/**
 * The written point of one log, in a file beside its segments that is never synced: it holds as long as the page cache does, as do
 * the records that it speaks of. After a crash of the process alone recovery begins here, however far the disk is behind.
 *
 *     checksum u32, text bytes u32, text (JSON), producers
 *
 * It is written in place: one that a crash cut short has a wrong checksum and counts as none.
 */
export class WrittenPointFile {
  readonly #files: OpenFiles;
  readonly #entries: DirectoryEntries;
  readonly #pageCacheId: string;
  /** Once it is written to; whether it exists is not known before. */
  #file: StoredFile | undefined;

  /** @param pageCacheId names the page cache that the log's writes lie in; what was noted in another one counts as none */
  constructor(files: OpenFiles, entries: DirectoryEntries, pageCacheId: string) {
    this.#files = files;
    this.#entries = entries;
    this.#pageCacheId = pageCacheId;
  }

  /** What was noted last; undefined where nothing was, or nothing that holds. */
  async read(): Promise<WrittenPoint | undefined> {
    const file = await this.#open();
    if (!file.exists) return undefined;
    return file.use(async (opened) => {
      const bytes = Buffer.allocUnsafe(await opened.size());
      const size = await opened.read(bytes, 0);
      return this.#parse(bytes.subarray(0, size));
    });
  }

  /** Notes a point in the place of the last one. Everything that it speaks of must have been written, indexes too. */
  async write({ at, epochs, producers }: WrittenPoint): Promise<void> {
    const starts = epochs.map(({ epoch, startOffset }) => [epoch, startOffset] as const);
    const content: Text = { version, pageCacheId: this.#pageCacheId, at, epochs: starts, producersBytes: producers.length };
    const text = Buffer.from(JSON.stringify(content));
    const bytes = Buffer.concat([Buffer.alloc(headBytes), text, producers]);
    bytes.writeUInt32BE(text.length, 4);
    bytes.writeUInt32BE(crc32c(bytes.subarray(4)), 0);
    const file = await this.#open();
    await file.use((opened) => opened.write([bytes], 0));
  }

  /** The log is about to end earlier, or to begin anew. */
  async forget(): Promise<void> {
    await this.close();
    this.#file = undefined;
    await this.#files.disk.remove(this.#path);
  }

  /** Lets go of its descriptor; it is opened again when used. */
  async close(): Promise<void> {
    await this.#file?.close();
  }

  get #path(): string {
    return `${this.#entries.path}/${fileName}`;
  }

  async #open(): Promise<StoredFile> {
    if (this.#file === undefined) {
      const exists = (await this.#files.disk.stat(this.#path)) !== undefined;
      this.#file = new StoredFile(this.#files, this.#entries, fileName, exists);
    }
    return this.#file;
  }

  #parse(bytes: Buffer): WrittenPoint | undefined {
    if (bytes.length < headBytes) return undefined;
    const textEnd = headBytes + bytes.readUInt32BE(4);
    const text = textEnd <= bytes.length ? readText(bytes.subarray(headBytes, textEnd)) : undefined;
    if (text?.version !== version || text.pageCacheId !== this.#pageCacheId) return undefined;
    // A longer one may have stood here before.
    const end = textEnd + text.producersBytes;
    if (end > bytes.length || crc32c(bytes.subarray(4, end)) !== bytes.readUInt32BE(0)) return undefined;
    const epochs = text.epochs.map(([epoch, startOffset]) => ({ epoch: LeaderEpoch(epoch), startOffset: Offset(startOffset) }));
    return { at: parseBookmark(text.at), epochs, producers: bytes.subarray(textEnd, end) };
  }
}

/** Undefined: a crash cut it short. */
function readText(bytes: Buffer): Text | undefined {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
