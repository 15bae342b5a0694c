import { batchHeaderBytes, BatchView } from "@millrace/records";
import type { Platter } from "@millrace/runtime/simulated";
import { dataPath } from "../../brokers/cluster/broker-node.ts";
import { holds } from "../../violation.ts";
import type { Replica } from "../replica-cluster.ts";

/** What lies at an offset of a committed log. */
interface Batch {
  readonly crc: number;
  readonly leaderEpoch: number;
  readonly nextOffset: number;
}

/** What the batches of a producer have come to, walking along a log. */
type Sequences = Map<string, number>;

/** Reads logs as they lie on disks: below their high watermarks those of one partition are the same, and each is whole. */
export class CommittedLogs {
  readonly #batches = new Map<string, Map<number, Batch>>();
  /** Where each partition begins, as far as any replica has known. */
  readonly #starts = new Map<string, number>();

  /** @param isCompacted whether batches may be rewritten, and go missing between others */
  compare(node: string, platter: Platter, { log, highWatermark }: Replica, isCompacted: boolean): void {
    const name = `${log.topicId}-${log.partition}`;
    const path = `${dataPath}/logs/${name}`;
    const known = this.#batches.get(name) ?? new Map<number, Batch>();
    this.#batches.set(name, known);
    const logStart = Math.max(log.logStart, this.#starts.get(name) ?? 0);
    this.#starts.set(name, logStart);
    const sequences: Sequences = new Map();
    const end = Math.min(highWatermark, log.logEnd);
    let expected: number | undefined;
    for (const file of platter.list(path)) {
      if (!file.endsWith(".log")) continue;
      const bytes = platter.bytes(`${path}/${file}`)!;
      const view = new BatchView(bytes);
      for (let at = 0; at + batchHeaderBytes <= bytes.length; at += view.sizeBytes) {
        // Behind it lies what is being written, or was cut short.
        if (expected !== undefined && expected >= end) return;
        view.moveTo(at);
        const { baseOffset, crc, leaderEpoch, nextOffset } = view;
        if (nextOffset > end) return;
        const facts = { node, partition: name, file, baseOffset, crc, leaderEpoch, nextOffset };
        if (isCompacted) holds(expected === undefined || baseOffset >= expected, "P13", { ...facts, expected });
        else {
          // Segments below the log start go one by one.
          const mayFollow = expected === undefined || baseOffset === expected || baseOffset <= log.logStart;
          holds(mayFollow, "P13", { ...facts, expected });
          if (baseOffset !== expected) sequences.clear();
          // What was deleted elsewhere before this replica came back is deleted here as well.
          holds(nextOffset <= logStart || isSame(known.get(baseOffset), view), "P6", { ...facts, other: known.get(baseOffset) });
          checkSequence(view, sequences, facts);
        }
        known.set(baseOffset, { crc, leaderEpoch, nextOffset });
        expected = nextOffset;
      }
    }
  }
}

function isSame(known: Batch | undefined, { crc, leaderEpoch, nextOffset }: BatchView): boolean {
  return known === undefined || (known.crc === crc && known.leaderEpoch === leaderEpoch && known.nextOffset === nextOffset);
}

/** Sequences of a producer's batches follow one another; the log may begin in the middle of them. */
function checkSequence(view: BatchView, sequences: Sequences, facts: object): void {
  if (view.producerId < 0 || view.isControl) return;
  const producer = `${view.producerId}/${view.producerEpoch}`;
  const last = sequences.get(producer);
  holds(last === undefined || view.baseSequence === last + 1, "I2", { ...facts, producer, baseSequence: view.baseSequence, last });
  sequences.set(producer, view.lastSequence);
}
