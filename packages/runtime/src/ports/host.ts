/** The machine and the process. */
export interface Host {
  readonly name: string;
  readonly processId: number;
  /** Changes with every boot of the machine: while it is the same, the page cache was not lost. */
  readonly bootId: string;
  /** Bytes of memory that the process holds. */
  residentBytes(): number;
  /** How late the event loop came to its callbacks since the last call, in milliseconds. */
  takeLoopDelay(): LoopDelay;
}

export interface LoopDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
}
