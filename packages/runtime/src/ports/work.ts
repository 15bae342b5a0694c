/**
 * A pure function on bytes that may take long: it runs beside the loop and sees nothing but its input. Named, since it
 * is found by name in another thread.
 */
export interface Task {
  readonly name: string;
  run(input: readonly Uint8Array[]): Uint8Array[];
}

/** Runs tasks beside the event loop. */
export interface Work {
  /**
   * Runs a task. Inputs are copied; where `transfer` is set, those that lie alone in their memory are moved (it is then gone
   * for the caller). Rejects with what the task threw: a MillraceError keeps its code and facts, a broken assertion stays
   * one, others keep their message. After `close`: CLOSED.
   */
  run(task: string, input: readonly Uint8Array[], options?: { transfer?: boolean }): Promise<Uint8Array[]>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}
