import type { Broker } from "@millrace/broker";
import { batchHeaderBytes, BatchView } from "@millrace/records";
import type { Platter } from "@millrace/runtime/simulated";
import type { Log } from "@millrace/storage";
import { dataPath } from "../cluster/broker-node.ts";
import type { PartitionModel } from "../model/partition-model.ts";
import { recordsOfBatch } from "../records-in.ts";
import { holds, Violation } from "../../violation.ts";

/**
 * What a log holds on disk, as far as it is written: what it says of itself, and what clients know of it, must lie there. Batches below
 * `scannedTo` have been read before and are only walked over; it is brought up to date.
 */
export function scanLogs(
  broker: Broker,
  platter: Platter,
  models: ReadonlyMap<string, PartitionModel>,
  scannedTo: Map<Log, number> = new Map(),
): void {
  for (const { log, name } of broker.replicas.all()) {
    const directory = `${log.topicId}-${log.partition}`;
    const model = models.get(directory);
    // A log whose files somebody spoilt is judged by what is served of it.
    if (model === undefined || model.isDamaged || log.failure !== undefined) continue;
    scanLog(platter, { path: `${dataPath}/logs/${directory}`, name, log, from: scannedTo.get(log) ?? 0 }, model);
    scannedTo.set(log, log.logEnd);
  }
}

interface ScannedLog {
  readonly path: string;
  readonly name: string;
  readonly log: Log;
  /** Batches below it were read before. */
  readonly from: number;
}

/** Where a producer's sequences have come to. */
type Sequences = Map<string, number>;

/** What a violation says; put together only where there is one, as every batch is looked at again and again. */
type Facts = Readonly<Record<string, unknown>>;

function scanLog(platter: Platter, { path, name, log, from }: ScannedLog, model: PartitionModel): void {
  const files = platter.list(path).filter((entry) => entry.endsWith(".log"));
  const sequences: Sequences = new Map();
  let expected: number | undefined;
  for (const file of files) {
    const bytes = platter.bytes(`${path}/${file}`)!;
    const view = new BatchView(bytes);
    for (let at = 0; at + batchHeaderBytes <= bytes.length; at += view.sizeBytes) {
      view.moveTo(at);
      // Behind the log end lies what is being written, or was cut short.
      if (view.baseOffset >= log.logEnd) return;
      const facts = (): Facts => ({ partition: name, file, at, baseOffset: view.baseOffset });
      if (expected !== undefined && view.baseOffset !== expected) throw new Violation("P13", { ...facts(), expected });
      expected = view.nextOffset;
      if (view.nextOffset > from) checkBatch(view, bytes, facts);
      checkSequence(view, sequences, facts);
      checkEpoch(view, log, facts);
      if (view.nextOffset <= from) continue;
      for (const { offset, value } of recordsOfBatch(view)) if (offset >= log.logStart) model.mustBe(offset, value);
    }
  }
  if (expected !== undefined || log.logEnd > log.logStart)
    holds(expected === log.logEnd, "P13", { partition: name, endsAt: expected, logEnd: log.logEnd });
}

function checkBatch(view: BatchView, bytes: Buffer, facts: () => Facts): void {
  const end = view.start + view.sizeBytes;
  if (end > bytes.length) throw new Violation("P13", { ...facts(), sizeBytes: view.sizeBytes, fileBytes: bytes.length });
  const crc = view.computeCrc();
  if (crc !== view.crc) throw new Violation("P13", { ...facts(), crc, stored: view.crc });
}

function checkEpoch(view: BatchView, log: Log, facts: () => Facts): void {
  if (view.baseOffset < log.logStart) return;
  const known = log.epochOfOffset(view.baseOffset);
  // Where the hint of the log start is lost, records are back that nothing else is known of any more.
  const isForgotten = known === undefined && log.latestEpoch !== undefined;
  if (!isForgotten && known !== view.leaderEpoch) throw new Violation("P16", { ...facts(), leaderEpoch: view.leaderEpoch, known });
}

function checkSequence(view: BatchView, sequences: Sequences, facts: () => Facts): void {
  if (view.producerId < 0) return;
  const producer = `${view.producerId}/${view.producerEpoch}`;
  const last = sequences.get(producer) ?? -1;
  if (view.baseSequence <= last) throw new Violation("I2", { ...facts(), producer, baseSequence: view.baseSequence, last });
  sequences.set(producer, view.lastSequence);
}
