import { KiB, MiB, secondMs } from "@millrace/vocabulary";

/** Idle streams say this often how far they are, and that they are there. */
export const exchangeMs = 500;

/** A high watermark that moved is told by itself after so long, where no batches went out that told it: consumers of followers wait for it. */
export const newsDelayMs = 10;

/** A stream of which nothing has been heard for six exchanges is broken. */
export const silenceMs: number = 3 * secondMs;

/** A stream that broke is opened again after a time in this range, growing with each failure. */
export const reopenMs = { first: 20, last: 500 } as const;

/**
 * What a leader may have under way to one follower: 1.6 GB/s over a round trip of 5 ms, and as much memory at most as a follower
 * holds for one leader that has not been written.
 */
export const creditBytesMax: number = 8 * MiB;

/** Catching up takes half of the credit at most, so that it does not hold up those who are in sync. */
export const catchUpBytesMax: number = creditBytesMax / 2;

/** What one turn sends on one stream: more would hold the loop, and memory that the transport cannot take anyway. */
export const turnBytesMax: number = 2 * MiB;

/**
 * The largest message of a replication stream: it holds one batch at least, which may be as large as the largest request
 * (`socket.request.max.bytes`, 100 MiB), and 1 MiB for what is said beside. The follower's account is charged for it.
 */
export const replicationMessageBytesMax: number = 101 * MiB;

/** What is read of one partition before others have their turn. */
export const readBytesMax: number = 512 * KiB;

/** Pushes, subscriptions or acknowledgements of one message. */
export const entriesPerMessage = 2_000;

/** How long a subscription in a leader epoch that is not known yet may wait for the metadata. */
export const unknownEpochWaitMs: number = 1 * secondMs;

/** Subscriptions on one stream. */
export const subscriptionsMax = 100_000;

/** Reads from the disk that are under way, or wait to be sent, for those who catch up on one stream: 4 MiB of memory. */
export const readsMax = 8;
