import type { Broker } from "@millrace/broker";
import type { Platter } from "@millrace/runtime/simulated";
import { holds } from "../../violation.ts";

/** A partition as its broker has it. */
type Partition = ReturnType<Broker["replicas"]["all"]> extends Iterable<infer Each> ? Each : never;

/** Events between two looks at which partitions there are: new ones are watched from then on. */
const refreshEvents = 64;

/** What was seen last of one partition. */
interface Seen {
  readonly partition: Partition;
  logStart: number;
  highWatermark: number;
  syncedEnd: number;
  logEnd: number;
}

/** Watches the marks of every partition of one life of a broker: a few comparisons after every event. */
export class PartitionWatch {
  readonly #broker: Broker;
  readonly #platter: Platter;
  /** Syncs that had failed on the machine before this life. */
  readonly #failedBefore: number;
  #seen: Seen[] = [];
  #left = 0;

  constructor(broker: Broker, platter: Platter) {
    this.#broker = broker;
    this.#platter = platter;
    this.#failedBefore = platter.failedSyncs;
  }

  check(): void {
    if (--this.#left < 0) this.#refresh();
    const hasSyncFailed = this.#platter.failedSyncs > this.#failedBefore;
    for (const seen of this.#seen) look(seen, hasSyncFailed);
  }

  #refresh(): void {
    this.#left = refreshEvents;
    const known = new Map(this.#seen.map((seen) => [seen.partition, seen]));
    this.#seen = [...this.#broker.replicas.all()].map((partition) => known.get(partition) ?? firstSeen(partition));
  }
}

function firstSeen(partition: Partition): Seen {
  const { log, highWatermark } = partition;
  return { partition, logStart: log.logStart, highWatermark, syncedEnd: log.syncedEnd, logEnd: log.logEnd };
}

function look(seen: Seen, hasSyncFailed: boolean): void {
  const { log, highWatermark } = seen.partition;
  const { logStart, syncedEnd, logEnd, nextOffset } = log;
  if (logStart === seen.logStart && highWatermark === seen.highWatermark && syncedEnd === seen.syncedEnd && logEnd === seen.logEnd) return;
  const facts = { partition: seen.partition.name, logStart, highWatermark, syncedEnd, logEnd, nextOffset };
  holds(logStart <= logEnd && highWatermark <= logEnd && syncedEnd <= logEnd && logEnd <= nextOffset, "order", facts);
  holds(logStart >= seen.logStart, "P14", { ...facts, before: seen.logStart });
  holds(logStart === seen.logStart || logStart <= seen.highWatermark, "P14", { ...facts, highWatermarkBefore: seen.highWatermark });
  holds(!hasSyncFailed || syncedEnd === seen.syncedEnd, "P15", { ...facts, before: seen.syncedEnd });
  holds(highWatermark >= seen.highWatermark, "P2", { ...facts, before: seen.highWatermark });
  holds(logEnd >= seen.logEnd && syncedEnd >= seen.syncedEnd, "P13", { ...facts, before: seen.logEnd, syncedBefore: seen.syncedEnd });
  seen.logStart = logStart;
  seen.highWatermark = highWatermark;
  seen.syncedEnd = syncedEnd;
  seen.logEnd = logEnd;
}
