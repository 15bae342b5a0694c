/** Decides which partitions a consumer reads. */
export interface Holding {
  start(): void;
  /** Commits what is done; nothing, where nothing is committed. */
  commit(timeoutMs?: number): Promise<void>;
  /** Commits and leaves, as far as that can be done within `timeoutMs`. */
  end(timeoutMs: number): Promise<void>;
}
