/** What a note is about, by the numbers of `journal.c`. */
export const noteKinds = {
  opened: 1,
  created: 2,
  written: 3,
  /** Synced with the write itself (O_DSYNC). */
  writtenThrough: 4,
  /** Zeros, of which only the number is noted. */
  zeroed: 5,
  truncated: 6,
  syncBegan: 7,
  syncEnded: 8,
  renamed: 9,
  removed: 10,
  directoryMade: 11,
} as const;

/** A change to the files of a broker, or a sync of them, as `journal.c` notes it. */
export interface Note {
  readonly kind: (typeof noteKinds)[keyof typeof noteKinds];
  /** Of the file or directory, on the disk that the broker really wrote to. */
  readonly inode: number;
  /** Of the first byte; the size of a file that was cut; the number of a sync. */
  readonly position: number;
  readonly path: string;
  /** The new name. */
  readonly second: string;
  readonly data: Buffer;
}

const headBytes = 32;

/** The notes of a journal, in the order in which the kernel took the calls. One that a kill cut short is left out: its call had no answer. */
export function* notesIn(journal: Buffer): Generator<Note> {
  for (let at = 0; at + headBytes <= journal.length;) {
    const [pathBytes, secondBytes, dataBytes] = [journal.readUInt32LE(at + 4), journal.readUInt32LE(at + 8), journal.readUInt32LE(at + 12)];
    const path = at + headBytes;
    const second = path + pathBytes;
    const data = second + secondBytes;
    const end = data + dataBytes;
    if (end > journal.length) return;
    yield {
      kind: journal.readUInt32LE(at) as Note["kind"],
      inode: Number(journal.readBigUInt64LE(at + 16)),
      position: Number(journal.readBigUInt64LE(at + 24)),
      path: journal.toString("utf8", path, second),
      second: journal.toString("utf8", second, data),
      data: journal.subarray(data, end),
    };
    at = end;
  }
}
