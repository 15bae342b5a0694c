/**
 * How far each partition has been committed: by leader epoch, the largest high watermark that its leader has had. A broker that catches up
 * passes through epochs that are over: what later ones have committed it may lack.
 */
export class CommittedEnds {
  readonly #ends = new Map<string, Map<number, number>>();

  /** The leader of an epoch has this high watermark. */
  reached(partition: string, leaderEpoch: number, highWatermark: number): void {
    const ends = this.#ends.get(partition) ?? new Map<number, number>();
    this.#ends.set(partition, ends);
    ends.set(leaderEpoch, Math.max(highWatermark, ends.get(leaderEpoch) ?? 0));
  }

  /** What was committed in this epoch or before. */
  upTo(partition: string, leaderEpoch: number): number {
    let end = 0;
    for (const [epoch, reached] of this.#ends.get(partition) ?? []) if (epoch <= leaderEpoch && reached > end) end = reached;
    return end;
  }
}
