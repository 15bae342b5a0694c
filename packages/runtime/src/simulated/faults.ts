import { GiB } from "@millrace/vocabulary";

/** An inclusive range of whole numbers, from which each case draws its own. */
export type Span = readonly [first: number, last: number];

/** What can be told to fail on a simulated disk. */
export type DiskOperation =
  | "open"
  | "stat"
  | "list"
  | "makeDirectory"
  | "rename"
  | "remove"
  | "syncDirectory"
  | "freeBytes"
  | "claim"
  | "read"
  | "write"
  | "truncate"
  | "sync"
  | "size"
  | "close";

/**
 * How one machine's world behaves: data, so that a run can be printed, drawn from a seed and shrunk. Times are microseconds
 * (`Us`), chances are parts per million (`Ppm`).
 */
export interface MachineFaults {
  readonly clock: {
    /** How far the wall clock is off when the machine is made, in milliseconds. */
    readonly skewMs: Span;
  };
  readonly disk: {
    /** How long an operation on files and directories takes. Each draws its own, so they end in any order. */
    readonly operationUs: Span;
    /** How long a sync of a file or directory takes. */
    readonly syncUs: Span;
    /** Bytes that all files together may hold; more is DISK_FULL. */
    readonly capacityBytes: number;
    /** How often each operation fails with EIO. */
    readonly failedPpm: Readonly<Partial<Record<DiskOperation, number>>>;
    /** How often a sector that was written but not synced survives a power cut. */
    readonly sectorSurvivesPpm: number;
    /** How often a write that a crash cuts short leaves a part of itself; otherwise it is there whole or not at all. */
    readonly tornPpm: number;
    /** How often a write goes astray: it succeeds, and its bytes are somewhere else in the file. */
    readonly misdirectedPpm: number;
  };
  readonly kv: {
    /** How long a commit takes. */
    readonly commitUs: Span;
    /** How often a commit fails, after which the store is of no more use. */
    readonly commitFailedPpm: number;
    /** How often a commit that a crash cuts short is there afterwards, as a whole. */
    readonly cutCommitLandsPpm: number;
  };
  readonly work: {
    readonly taskUs: Span;
  };
}

/** How the network between the machines behaves. */
export interface NetworkFaults {
  /** How long bytes take from one machine to another; those of one connection keep their order. */
  readonly delayUs: Span;
  /** The same within one machine. */
  readonly loopbackUs: Span;
  /** How often a piece of a byte stream is cut in two at any byte. */
  readonly splitPpm: number;
  /** How often what is sent is lost on its way: it arrives when TCP has sent it again. */
  readonly lostPpm: number;
  /** How long until it is sent again. */
  readonly resendUs: Span;
  /** After how long of silence on a cut link a Peers connection is given up, as keep-alive does. */
  readonly keepAliveMs: number;
}

export interface Faults {
  readonly machine: MachineFaults;
  readonly network: NetworkFaults;
}

/** Any part of the faults; what is left out stays as it is. */
export interface FaultChanges {
  readonly machine?: MachineFaultChanges;
  readonly network?: Partial<NetworkFaults>;
}

export type MachineFaultChanges = { readonly [Kind in keyof MachineFaults]?: Partial<MachineFaults[Kind]> };

/** Nothing fails; times are those of a quiet machine. What was not synced is still lost by a power cut, in part. */
export const calm: Faults = {
  machine: {
    clock: { skewMs: [0, 0] },
    disk: {
      operationUs: [20, 120],
      syncUs: [500, 3000],
      capacityBytes: 16 * GiB,
      failedPpm: {},
      sectorSurvivesPpm: 500_000,
      tornPpm: 500_000,
      misdirectedPpm: 0,
    },
    kv: { commitUs: [500, 3000], commitFailedPpm: 0, cutCommitLandsPpm: 500_000 },
    work: { taskUs: [100, 2000] },
  },
  network: { delayUs: [50, 300], loopbackUs: [10, 60], splitPpm: 50_000, lostPpm: 0, resendUs: [200_000, 3_000_000], keepAliveMs: 10_000 },
};

/** The faults with these changes. */
export function changedMachine(faults: MachineFaults, changes: MachineFaultChanges = {}): MachineFaults {
  return {
    clock: { ...faults.clock, ...changes.clock },
    disk: { ...faults.disk, ...changes.disk },
    kv: { ...faults.kv, ...changes.kv },
    work: { ...faults.work, ...changes.work },
  };
}
