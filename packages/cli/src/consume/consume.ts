import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ConsumerOptions, Mill } from "@millrace/client";
import type { Outlet } from "../output/outlet.ts";
import type { Progress } from "../output/progress.ts";
import type { ReadRecord } from "../records/json-record.ts";
import type { LogEnds } from "./log-ends.ts";
import type { RecordPrinter } from "./record-printer.ts";
import { Silence } from "./silence.ts";

export interface ConsumeOptions {
  readonly topics: readonly string[];
  readonly consumer: ConsumerOptions;
  /** Reading ends where the logs end now; undefined: it goes on. */
  readonly ends: LogEnds | undefined;
  /** Reading ends after so many records. */
  readonly countMax: number;
  readonly printer: RecordPrinter;
  readonly outlet: Outlet;
  readonly progress: Progress;
  /** Ends it in order. */
  readonly stopped: AbortSignal;
}

/** What the client says when a group has given partitions to a consumer. */
const assignedChannel = "millrace.client.assigned";

/**
 * Prints records until the ends, the count, or a stop, or until nobody reads them any more. In a group, a record is done once it is
 * out; what is done is committed, and the group is left, before this resolves.
 */
export async function consume(mill: Mill, options: ConsumeOptions): Promise<void> {
  const { bytes, tombstones, topic } = await import("@millrace/client");
  const codecs = { key: tombstones(bytes), value: tombstones(bytes) };
  const consumer = mill.consumer(
    options.topics.map((name) => topic(name, codecs)),
    options.consumer,
  );
  const stop = async () => {
    await options.outlet.flush(); // so that what is out is done
    await consumer.close();
  };
  const stopQuietly = () => void stop().catch(() => {}); // told by the loop
  options.stopped.addEventListener("abort", stopQuietly);
  try {
    await using watch = watchEnds(mill, options, stopQuietly);
    const done = "group" in options.consumer ? consumer.done.bind(consumer) : undefined;
    await printRecords(consumer, options, watch?.silence, done);
  } finally {
    options.progress.end();
    options.printer.end();
    await options.outlet.flush();
    await consumer.close();
  }
}

async function printRecords(
  records: AsyncIterable<ReadRecord>,
  { ends, countMax, printer, outlet, progress, stopped }: ConsumeOptions,
  silence: Silence | undefined,
  done: ((record: ReadRecord) => void) | undefined,
): Promise<void> {
  let count = 0;
  for await (const record of records) {
    silence?.broken();
    if (stopped.aborted) return;
    if (ends?.reach(record) ?? true) {
      printer.print(record, done && (() => done(record)));
      progress.advance(record.value?.length ?? 0);
      count++;
    }
    if (!outlet.hasRoom) await outlet.flush();
    if (outlet.isBroken || count === countMax || ends?.areReached === true) return;
    silence?.waiting();
  }
}

/** Watches for the silence behind the last record, where reading is to end. In a group it counts from when the group has given partitions. */
function watchEnds(mill: Mill, { ends, consumer }: ConsumeOptions, found: () => void) {
  if (ends === undefined) return undefined;
  const silence = new Silence(() => mill.admin.topics.offsets(ends.open.slice(0, 1).map((each) => ({ ...each, at: "latest" }))), found);
  const begin = () => silence.waiting();
  if ("group" in consumer) subscribe(assignedChannel, begin);
  else begin();
  return {
    silence,
    async [Symbol.asyncDispose]() {
      unsubscribe(assignedChannel, begin);
      silence[Symbol.dispose]();
    },
  };
}
