/** Opens stores of ordered keys. */
export interface KvStores {
  /**
   * Opens the store at a path, creating it where none is. A store is open once at a time.
   *
   * - `bytesMax` bounds what it holds; a commit beyond it rejects with DISK_FULL.
   * - DATA_IN_USE while it is open already; DATA_DAMAGED where what is there is no store.
   */
  open(path: string, options: { bytesMax: number }): Promise<Kv>;
}

/**
 * Ordered keys with values, changed by atomic, durable batches.
 *
 * Keys are 1 to 511 bytes, ordered byte by byte. Each value carries a checksum: reading one that fails it throws
 * DATA_DAMAGED, naming the key. Buffers that come back belong to the caller.
 */
export interface Kv {
  /** The committed value. */
  get(key: Uint8Array): Buffer | undefined;
  /** Committed entries in [from, to), ascending unless `reverse`. The iteration sees one moment, whatever is committed meanwhile. */
  range(bounds: KvRange): Iterable<KvEntry>;
  /**
   * Makes all changes or none, and resolves when they survive a power cut. Commits take effect in the order of their
   * calls and become visible no later than they resolve; several may share one sync.
   *
   * DISK_FULL: it would not fit, and nothing of it was written, nor of any commit called before that was known: so none is
   * missing between two that are there. The store goes on. After any other rejection it is of no more use: every later
   * call rejects or throws DISK_FAILED.
   */
  commit(changes: readonly KvChange[]): Promise<void>;
  /** Waits for the commits that were called; everything later throws or rejects with CLOSED. */
  close(): Promise<void>;
}

export interface KvRange {
  readonly from?: Uint8Array;
  readonly to?: Uint8Array;
  readonly reverse?: boolean;
  readonly limit?: number;
}

export interface KvEntry {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** Sets a key, or removes it where `value` is undefined. */
export interface KvChange {
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
}
