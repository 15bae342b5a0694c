import type { Clock, Peers, Random } from "@millrace/runtime";

/** The world as a client sees it. */
export interface ClientWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly peers: Peers;
  /**
   * Calls back when the process is asked to stop (SIGINT, SIGTERM), until the function it returns is called. What the callback
   * returns is awaited; then the process stops as it would have without.
   */
  onStop(callback: () => Promise<void>): () => void;
  /** Keeps the process alive until the function it returns is called; timers and idle connections do not. */
  hold(): () => void;
}
