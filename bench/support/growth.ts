import type { Figures } from "./alternation.ts";
import type { Peer } from "./peer.ts";
import type { PeerProcess } from "./peer-process.ts";
import type { Column } from "./table.ts";

/** Something that grows in a broker, and what is measured at each size. */
export interface Growth {
  /** What grows, with its unit. */
  readonly title: string;
  /** Ascending. */
  readonly sizes: readonly number[];
  readonly columns: readonly Column[];
  /** Brings a broker that runs from the size before, 0 at first, to this one. It is killed afterwards. */
  grow(running: PeerProcess, from: number, to: number): Promise<void>;
  /** Starts the broker again and measures it; it is killed afterwards. */
  measure(peer: Peer, size: number): Promise<Figures>;
}

/** Starts a broker that was killed, does something with it, and kills it again. */
export async function untilKilled<Result>(running: PeerProcess, work: (running: PeerProcess) => Promise<Result>): Promise<Result> {
  try {
    return await work(running);
  } finally {
    await running.stop("SIGKILL");
  }
}
