import type { GroupCoordinator, ShardLog, ShardLogObserver } from "@millrace/coordinator";
import { BatchView } from "@millrace/records";
import type { LeadershipObserver, Partition } from "@millrace/replication";
import { type Offset, offsetsTopic } from "@millrace/vocabulary";

/** Bytes that one step of a replay reads: enough to be quick, few enough not to hold the loop. */
const replayBytes = 256 * 1024;

/** Lets the coordinator of groups follow the leadership of __consumer_offsets: one shard for each partition that is led here. */
export function followGroupShards(groups: GroupCoordinator): LeadershipObserver {
  return {
    leads(partition) {
      if (partition.topic === offsetsTopic) groups.lead(partition.index, partition.leaderEpoch, new PartitionShardLog(partition));
    },
    resigned(partition) {
      if (partition.topic === offsetsTopic) groups.resign(partition.index);
    },
  };
}

/** A led partition as the log of a coordinator's shard. */
class PartitionShardLog implements ShardLog {
  readonly #partition: Partition;

  constructor(partition: Partition) {
    this.#partition = partition;
  }

  get highWatermark(): Offset {
    return this.#partition.highWatermark;
  }

  async *replay(): AsyncGenerator<Buffer> {
    await this.#settled();
    const { log } = this.#partition;
    const end = log.logEnd;
    for (let from = log.logStart; from < end && this.#partition.isLeader;) {
      const read = await log.read(from, { bytesMax: replayBytes, upTo: end, firstBatchWhole: true });
      if (read.nextOffset === from) return;
      from = read.nextOffset;
      for (const part of read.parts) yield* batchesIn(part);
    }
  }

  append(batch: Buffer): Offset {
    return this.#partition.append(batch, { acks: -1, origin: "coordinator" }).lastOffset;
  }

  observe(observer: ShardLogObserver): void {
    this.#partition.observe({
      advanced: () => observer.advanced(),
      dropped: (_, error) => observer.dropped(error),
      lost: (_, error) => observer.lost(error),
    });
  }

  /** Resolves when everything that has been appended is in the log, or will never be. */
  #settled(): Promise<void> {
    return new Promise((resolve) => void this.#partition.whenWritten(this.#partition.log.nextOffset, () => resolve()));
  }
}

/** A part of a read holds whole batches. */
function* batchesIn(part: Buffer): Generator<Buffer> {
  const view = new BatchView(part);
  for (let start = 0; start < part.length; start += view.sizeBytes) yield part.subarray(start, start + view.moveTo(start).sizeBytes);
}
