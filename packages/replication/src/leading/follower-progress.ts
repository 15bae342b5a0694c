import { BrokerEpoch, Offset } from "@millrace/vocabulary";

/** How far a follower says that its log reaches. */
export interface FollowerEnds {
  /** Below it everything is in the follower's page cache, and is what the leader has. */
  readonly written: Offset;
  /** Below it everything would survive a power cut of the follower. At most `written`. */
  readonly synced: Offset;
}

/** What a follower says when it subscribes. Generations rise within one life of its broker, broker epochs from life to life. */
export interface FollowerLife {
  readonly brokerEpoch: BrokerEpoch;
  readonly generation: number;
}

/** One follower, as the leader of one epoch knows it. */
export class FollowerProgress {
  /** Whether a subscription is under way; otherwise nothing is known of the follower's log. */
  isSubscribed = false;
  brokerEpoch: BrokerEpoch = BrokerEpoch(-1);
  generation = -1;
  /** Only rise within a subscription. */
  written: Offset = Offset(0);
  synced: Offset = Offset(0);
  /** The last moment for which it is known that the follower had all that the leader had then. */
  caughtUpMs: number;
  /** The leader's end at `#markMs`: a follower that gets there was caught up then, however much has been appended since. */
  #markEnd = Offset(0);
  #markMs = -Infinity;

  /** @param caughtUpMs the beginning of the leader epoch for a member of the ISR; -Infinity for others */
  constructor(caughtUpMs: number) {
    this.caughtUpMs = caughtUpMs;
  }

  /** Whether a subscription by this life takes the place of the one that is known. */
  isBefore({ brokerEpoch, generation }: FollowerLife): boolean {
    return this.brokerEpoch < brokerEpoch || (this.brokerEpoch === brokerEpoch && this.generation < generation);
  }

  /** A subscription begins: what was known from the one before counts no more. */
  begin({ brokerEpoch, generation }: FollowerLife, { written, synced }: FollowerEnds): void {
    this.isSubscribed = true;
    this.brokerEpoch = brokerEpoch;
    this.generation = generation;
    this.written = written;
    this.synced = synced;
    this.#markMs = -Infinity;
  }

  /** Whether this is the life, and the subscription, that is known. */
  isOf({ brokerEpoch, generation }: FollowerLife): boolean {
    return this.isSubscribed && this.brokerEpoch === brokerEpoch && this.generation === generation;
  }

  /** The end that counts: what survives what the topic's records must survive. */
  counted(isSynced: boolean): Offset {
    return isSynced ? this.synced : this.written;
  }

  /** An acknowledgement may overtake another: the greatest ends count. */
  acknowledge({ written, synced }: FollowerEnds): void {
    if (written > this.written) this.written = written;
    if (synced > this.synced) this.synced = synced;
  }

  /** Notes how far the follower is behind, from its counted end and the leader's. */
  measure(end: Offset, leaderEnd: Offset, nowMs: number): void {
    if (end >= leaderEnd) this.caughtUpMs = nowMs;
    else if (end >= this.#markEnd) this.caughtUpMs = Math.max(this.caughtUpMs, this.#markMs);
    else return;
    this.#markEnd = leaderEnd;
    this.#markMs = nowMs;
  }

  /** The subscription is over: the follower's log is unknown from now on. */
  end(): void {
    this.isSubscribed = false;
  }
}
