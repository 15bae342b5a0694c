import { MillraceError } from "@millrace/vocabulary";
import type { ShardLog } from "./shard/shard-log.ts";
import type { ShardMachine } from "./shard/machine.ts";
import type { Shard } from "./shard/shard.ts";

interface Led<S> {
  readonly leaderEpoch: number;
  readonly shard: S;
}

/** The shards whose partition this broker leads. */
export class LedShards<Request, Stored, Machine extends ShardMachine<Request, Stored>> {
  readonly #open: (partition: number, log: ShardLog) => Shard<Request, Stored, Machine>;
  readonly #led = new Map<number, Led<Shard<Request, Stored, Machine>>>();
  #isClosed = false;

  constructor(open: (partition: number, log: ShardLog) => Shard<Request, Stored, Machine>) {
    this.#open = open;
  }

  /** Opens the shard; one of an earlier leader epoch ends. News of the present epoch, or an older one, changes nothing. */
  lead(partition: number, leaderEpoch: number, log: ShardLog): void {
    if (this.#isClosed || (this.#led.get(partition)?.leaderEpoch ?? -1) >= leaderEpoch) return;
    this.resign(partition);
    this.#led.set(partition, { leaderEpoch, shard: this.#open(partition, log) });
  }

  resign(partition: number): void {
    this.#led.get(partition)?.shard.end(new MillraceError("NOT_COORDINATOR", { partition }));
    this.#led.delete(partition);
  }

  /** The shard of a partition. Throws NOT_COORDINATOR; COORDINATOR_NOT_AVAILABLE once all is closed. */
  get(partition: number): Shard<Request, Stored, Machine> {
    const shard = this.#led.get(partition)?.shard;
    if (shard === undefined) throw new MillraceError(this.#isClosed ? "COORDINATOR_NOT_AVAILABLE" : "NOT_COORDINATOR", { partition });
    return shard;
  }

  *[Symbol.iterator](): Iterator<Shard<Request, Stored, Machine>> {
    for (const { shard } of this.#led.values()) yield shard;
  }

  /** Ends all with COORDINATOR_NOT_AVAILABLE. */
  close(): void {
    this.#isClosed = true;
    for (const { shard } of this.#led.values()) shard.end(new MillraceError("COORDINATOR_NOT_AVAILABLE"));
    this.#led.clear();
  }
}
