import type { Broker } from "@millrace/broker";
import { holds } from "../violation.ts";

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
  #seen: Seen[] = [];
  #left = 0;

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  check(): void {
    if (--this.#left < 0) this.#refresh();
    for (const seen of this.#seen) look(seen);
  }

  #refresh(): void {
    this.#left = refreshEvents;
    const known = new Map(this.#seen.map((seen) => [seen.partition, seen]));
    this.#seen = [...this.#broker.replicas.all()].map((partition) => known.get(partition) ?? nothingSeen(partition));
  }
}

function nothingSeen(partition: Partition): Seen {
  return { partition, logStart: 0, highWatermark: 0, syncedEnd: 0, logEnd: 0 };
}

function look(seen: Seen): void {
  const { log, highWatermark } = seen.partition;
  const { logStart, syncedEnd, logEnd, nextOffset } = log;
  if (logStart === seen.logStart && highWatermark === seen.highWatermark && syncedEnd === seen.syncedEnd && logEnd === seen.logEnd) return;
  const facts = { partition: seen.partition.name, logStart, highWatermark, syncedEnd, logEnd, nextOffset };
  holds(logStart <= logEnd && highWatermark <= logEnd && syncedEnd <= logEnd && logEnd <= nextOffset, "order", facts);
  holds(logStart >= seen.logStart, "P14", { ...facts, before: seen.logStart });
  holds(highWatermark >= seen.highWatermark, "P2", { ...facts, before: seen.highWatermark });
  holds(logEnd >= seen.logEnd && syncedEnd >= seen.syncedEnd, "P13", { ...facts, before: seen.logEnd, syncedBefore: seen.syncedEnd });
  seen.logStart = logStart;
  seen.highWatermark = highWatermark;
  seen.syncedEnd = syncedEnd;
  seen.logEnd = logEnd;
}
