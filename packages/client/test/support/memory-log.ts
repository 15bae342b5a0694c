import { BatchView } from "@millrace/records";
import { MillraceError } from "@millrace/vocabulary";

/** One partition in memory, with as much of Kafka's rules as a client can see. */
export class MemoryLog {
  logStart = 0;
  leader: number;
  leaderEpoch = 0;
  readonly #batches: Buffer[] = [];
  readonly #producers = new Map<string, { next: number; latest: { base: number; offset: number }[] }>();
  readonly #watchers = new Set<() => void>();
  #end = 0;

  constructor(leader: number) {
    this.leader = leader;
  }

  get end(): number {
    return this.#end;
  }

  /** Appends a batch and returns its base offset; a duplicate's is the one it got then. */
  append(batch: Buffer): number {
    const view = new BatchView(Buffer.from(batch));
    if (view.computeCrc() !== view.crc) throw new MillraceError("CORRUPT_MESSAGE");
    const duplicate = this.#duplicateOf(view);
    if (duplicate !== undefined) return duplicate;
    const offset = this.#end;
    view.baseOffset = offset as never;
    view.leaderEpoch = this.leaderEpoch;
    this.#batches.push(view.bytes);
    this.#end = view.nextOffset;
    this.#remember(view, offset);
    for (const watcher of this.#watchers) watcher();
    return offset;
  }

  /** Whole batches, from the one that holds `from` on: one larger than `bytesMax` only where it may come whole. */
  read(from: number, bytesMax: number, firstBatchWhole: boolean): { batches: Buffer[]; next: number } {
    const found: Buffer[] = [];
    let [bytes, next] = [0, from];
    for (const batch of this.#batches) {
      const view = new BatchView(batch);
      if (view.nextOffset <= from) continue;
      const mayCome = bytes + batch.length <= bytesMax || (found.length === 0 && firstBatchWhole);
      if (!mayCome) break;
      found.push(batch);
      bytes += batch.length;
      next = view.nextOffset;
    }
    return { batches: found, next };
  }

  /** Moves the log start; what lies before is gone. */
  deleteBefore(offset: number): void {
    this.logStart = offset;
  }

  moveTo(leader: number): void {
    this.leader = leader;
    this.leaderEpoch++;
    for (const watcher of this.#watchers) watcher();
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  #duplicateOf(view: BatchView): number | undefined {
    if (view.producerId < 0) return undefined;
    const known = this.#producers.get(`${view.producerId}/${view.producerEpoch}`);
    const duplicate = known?.latest.find(({ base }) => base === view.baseSequence);
    if (duplicate === undefined && known !== undefined && known.next !== view.baseSequence)
      throw new MillraceError("OUT_OF_ORDER_SEQUENCE_NUMBER", { expected: known.next, sequence: view.baseSequence });
    return duplicate?.offset;
  }

  #remember(view: BatchView, offset: number): void {
    if (view.producerId < 0) return;
    const name = `${view.producerId}/${view.producerEpoch}`;
    const latest = [...(this.#producers.get(name)?.latest ?? []), { base: view.baseSequence, offset }].slice(-5);
    this.#producers.set(name, { next: view.baseSequence + view.recordCount, latest });
  }
}
