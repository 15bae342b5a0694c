import { partitionOfKey } from "@millrace/records";
import type { RandomStream } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { TopicView } from "../cluster/view.ts";

/**
 * Chooses partitions. Records with a key go where Kafka's Java client puts them. Those without stay with one partition until
 * its batch is full or sent, so that batches are large, and then go on to another.
 */
export class Partitioner {
  readonly #random: RandomStream;
  readonly #stuckTo = new Map<string, number>();

  constructor(random: RandomStream) {
    this.#random = random;
  }

  /** UNKNOWN_TOPIC_OR_PARTITION for a partition that was asked for and is not there. */
  choose(topic: TopicView, key: Uint8Array | null, asked: number | undefined): number {
    const count = topic.partitions.length;
    if (asked !== undefined) return checkAsked(topic, asked);
    if (key !== null) return partitionOfKey(key, count);
    const stuckTo = this.#stuckTo.get(topic.name);
    if (stuckTo !== undefined && stuckTo < count) return stuckTo;
    const partition = this.#anyOf(topic);
    this.#stuckTo.set(topic.name, partition);
    return partition;
  }

  /** A batch of the partition has been closed: the next record without a key goes elsewhere. */
  batchClosed(topic: string, partition: number): void {
    if (this.#stuckTo.get(topic) === partition) this.#stuckTo.delete(topic);
  }

  /** Any partition that has a leader; any at all where none has. */
  #anyOf({ partitions }: TopicView): number {
    const led = partitions.filter(({ leader }) => leader !== undefined);
    const candidates = led.length > 0 ? led : partitions;
    return candidates[this.#random.below(candidates.length)]!.partition;
  }
}

function checkAsked({ name, partitions }: TopicView, asked: number): number {
  if (Number.isInteger(asked) && asked >= 0 && asked < partitions.length) return asked;
  throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: name, partition: asked, partitions: partitions.length });
}
