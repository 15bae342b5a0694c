import type { Mill, ProducerOptions } from "@millrace/client";
import { MillraceError } from "@millrace/vocabulary";
import type { Outlet } from "../output/outlet.ts";
import type { Progress } from "../output/progress.ts";
import { linesOf } from "../records/lines.ts";
import { InFlight } from "./in-flight.ts";
import type { LineReader, OutgoingRecord } from "./line-record.ts";
import type { Receipts } from "./receipts.ts";

export interface ProduceOptions {
  readonly topic: string;
  readonly producer: ProducerOptions;
  /** What lines become. */
  readonly read: LineReader;
  readonly receipts: Receipts;
  /** Where receipts go. */
  readonly outlet: Outlet;
  readonly progress: Progress;
}

/**
 * Sends every line of the input, as many at once as may be on their way, and resolves when all of them are acknowledged. The first
 * one that fails ends it: what was sent before is awaited and told, then it rejects, naming the line.
 */
export async function produce(mill: Mill, input: AsyncIterable<Buffer>, options: ProduceOptions): Promise<void> {
  const { bytes, tombstones, topic } = await import("@millrace/client");
  const { receipts, outlet, progress, read } = options;
  const destination = topic(options.topic, { key: tombstones(bytes), value: tombstones(bytes) });
  const producer = mill.producer(options.producer);
  const inFlight = new InFlight();
  let line = 0;
  const send = (record: OutgoingRecord) => {
    const number = line;
    const size = (record.key?.length ?? 0) + (record.value?.length ?? 0);
    inFlight.add(producer.send(destination, record), number, size, (sent) => {
      progress.advance(size);
      receipts.sent(sent, number);
    });
  };
  try {
    for await (const lines of linesOf(input)) {
      for (const text of lines) {
        line++;
        send(read(text, line));
        if (!inFlight.hasRoom) await inFlight.room();
      }
      if (!outlet.hasRoom) await outlet.flush();
    }
  } finally {
    await inFlight.settled().finally(() => {
      progress.end();
      receipts.end();
    });
    await outlet.flush();
  }
}

/** UNKNOWN_TOPIC_OR_PARTITION where the topic does not exist and the cluster would not create it: found out before a line is read. */
export async function checkTopic(mill: Mill, topic: string): Promise<void> {
  try {
    await mill.admin.topics.describe(topic);
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== "UNKNOWN_TOPIC_OR_PARTITION") throw error;
    const { brokers } = await mill.admin.describeCluster();
    const broker = brokers.find(({ isFenced }) => !isFenced)?.id;
    const [setting] = broker === undefined ? [] : await mill.admin.configs.describe({ broker }, ["auto.create.topics.enable"]);
    if (setting?.value === "false") throw error;
  }
}
