/**
 * Files. Paths are absolute or relative to the process; a path never holds text from a client.
 *
 * Everything rejects with DISK_FULL where there is no room (ENOSPC, EDQUOT) and with DISK_FAILED otherwise; their
 * facts are `operation`, `path` and `errno`.
 */
export interface Disk {
  /** What has passed since the start, for metrics and for tests that bound it. */
  readonly counters: Readonly<DiskCounters>;

  /**
   * Opens a file.
   *
   * - `read`: it must exist; writing rejects.
   * - `write`: it must exist.
   * - `create`: it must not exist; its directory must be synced before the file survives a power cut.
   */
  open(path: string, mode: "read" | "write" | "create"): Promise<DiskFile>;

  /** What is at the path; undefined where nothing is. */
  stat(path: string): Promise<DiskEntry | undefined>;
  /** Names in a directory, sorted, without those of a claim. */
  list(directory: string): Promise<string[]>;
  /** Creates a directory and those above it; harmless where it exists. */
  makeDirectory(directory: string): Promise<void>;
  /** Puts the file at `to`, replacing what was there, atomically: a reader finds the old or the new. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file, or a directory with all it holds; harmless where nothing is. */
  remove(path: string): Promise<void>;
  /** Makes creations, renames and removals in this directory survive a power cut. */
  syncDirectory(directory: string): Promise<void>;
  /** Bytes that an ordinary user could still write where this directory lies. */
  freeBytes(directory: string): Promise<number>;
  /**
   * Claims a directory for this process until released. Rejects with DATA_IN_USE while another process holds it; the
   * claim of a process that was killed is void.
   */
  claim(directory: string): Promise<DirectoryClaim>;
}

/** An open file. Operations may be under way together; whoever needs an order awaits. */
export interface DiskFile {
  readonly path: string;
  /** Fills `into` from `position`. Resolves to the bytes read: fewer than asked only where the file ends. */
  read(into: Uint8Array, position: number): Promise<number>;
  /**
   * Writes the buffers one after the other from `position`; they must not change until it settles. When it rejects, what
   * lies in the file from `position` on is unknown.
   */
  write(buffers: readonly Uint8Array[], position: number): Promise<void>;
  /** Cuts the file to `size`, or fills it with zeros up to there. */
  truncate(size: number): Promise<void>;
  /** Makes every write that resolved before this call survive a power cut. After a rejection nothing is known: never try again. */
  sync(): Promise<void>;
  size(): Promise<number>;
  /** Waits for what is under way; everything later rejects with DISK_FAILED, errno EBADF. */
  close(): Promise<void>;
}

/** What lies at a path. */
export interface DiskEntry {
  readonly kind: "file" | "directory";
  readonly sizeBytes: number;
  /** Wall time of the last write. */
  readonly modifiedMs: number;
}

/** A claimed directory. */
export interface DirectoryClaim {
  release(): Promise<void>;
}

export interface DiskCounters {
  reads: number;
  readBytes: number;
  writes: number;
  writtenBytes: number;
  syncs: number;
}
