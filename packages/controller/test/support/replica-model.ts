import type { PartitionImage } from "@millrace/metadata";
import type { BrokerEpoch, BrokerId } from "@millrace/vocabulary";

/** A record, set apart from all others by its value. */
export interface Entry {
  readonly leaderEpoch: number;
  readonly value: number;
}

/** What a leader of a partition knows in its epoch. */
interface Leading {
  /** Its log when the epoch began: who has not come so far has not all that is committed. */
  readonly from: number;
  readonly ends: Map<BrokerId, { readonly end: number; readonly epoch: BrokerEpoch }>;
  /** What it has proposed, and not heard of. */
  proposed: readonly BrokerId[];
  highWatermark: number;
}

/** One broker with its replica, as far as what it holds goes. Its view of the metadata may be old. */
export class ReplicaModel {
  readonly id: BrokerId;
  isUp = false;
  /** Of its registration, and of the one that its directory remembers. */
  epoch: BrokerEpoch | undefined;
  /** Lives that the cluster may know as the last of its directory: the one of that epoch, and those that began to register since. */
  lives: readonly number[] = [];
  /** It has lost records, and the cluster has not been told. */
  owesLoss = false;
  log: Entry[] = [];
  known: PartitionImage | undefined;
  minIsr = 1;
  leading: Leading | undefined;

  constructor(id: BrokerId) {
    this.id = id;
  }

  /** Takes over what the metadata says, unless it knows something newer. */
  learn(state: PartitionImage, minIsr: number): void {
    if (this.known !== undefined && this.known.partitionEpoch > state.partitionEpoch) return;
    const isNewEpoch = this.known?.leaderEpoch !== state.leaderEpoch;
    this.known = state;
    this.minIsr = minIsr;
    if (!state.replicas.includes(this.id)) this.log = [];
    if (state.leader !== this.id) this.leading = undefined;
    else if (isNewEpoch || this.leading === undefined)
      this.leading = { from: this.log.length, ends: new Map(), proposed: [], highWatermark: 0 };
  }

  /** It knows that the cluster has registered this life. */
  noteRegistration(epoch: BrokerEpoch, life: number): void {
    this.epoch = epoch;
    this.lives = [life];
    this.owesLoss = false;
    this.isUp = true;
  }

  /** @param kept records that are still there when it comes back */
  crash(kept: number): void {
    if (kept < this.log.length) this.owesLoss = true;
    this.log = this.log.slice(0, kept);
    this.isUp = false;
    this.known = undefined;
    this.leading = undefined;
  }

  append(value: number): void {
    if (this.leading !== undefined) this.log.push({ leaderEpoch: this.known!.leaderEpoch, value });
  }

  /** Fetches so many records of a leader that is in the same epoch, and acknowledges what it has. */
  fetch(leader: ReplicaModel, count: number): void {
    if (leader.leading === undefined || this.known?.leaderEpoch !== leader.known?.leaderEpoch) return;
    if (leader === this || !leader.known!.replicas.includes(this.id)) return;
    const common = commonLength(this.log, leader.log);
    this.log = [...this.log.slice(0, common), ...leader.log.slice(common, common + count)];
    leader.leading.ends.set(this.id, { end: this.log.length, epoch: this.epoch! });
  }

  /** Advances the high watermark over the maximal ISR, while the committed one is large enough. */
  advance(): void {
    const { leading, known } = this;
    if (leading === undefined || known!.isr.length < Math.min(this.minIsr, known!.replicas.length)) return;
    const maximal = new Set([...known!.isr, ...leading.proposed]);
    const ends = [...maximal].map((id) => (id === this.id ? this.log.length : (leading.ends.get(id)?.end ?? 0)));
    leading.highWatermark = Math.max(leading.highWatermark, Math.min(...ends));
  }

  /** The followers that may be in sync: by what they acknowledged in this epoch. */
  caughtUp(): BrokerId[] {
    const { leading } = this;
    if (leading === undefined) return [];
    const needed = Math.max(leading.from, leading.highWatermark);
    return [...leading.ends].filter(([, { end }]) => end >= needed).map(([id]) => id);
  }
}

/** How far two logs are the same. */
export function commonLength(a: readonly Entry[], b: readonly Entry[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length]!.value === b[length]!.value) length++;
  return length;
}
