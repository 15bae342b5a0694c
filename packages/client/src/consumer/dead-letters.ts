import { codeOf } from "@millrace/vocabulary";
import { bytes } from "../codecs/bytes.ts";
import { tombstones } from "../codecs/tombstones.ts";
import type { Producer } from "../producer/producer.ts";
import { reasonOf } from "../codecs/reason.ts";
import { topic } from "../topic.ts";
import { placeOf } from "./decoding.ts";
import type { Item } from "./source.ts";

const asItCame = { key: tombstones(bytes), value: tombstones(bytes) };

/** Sends records that nobody can handle to a topic of their own: as they came, with headers that say whence and why. */
export class DeadLetters {
  readonly #producer: () => Producer;

  /** @param producer made when the first record is sent */
  constructor(producer: () => Producer) {
    this.#producer = producer;
  }

  /** Resolves when the record is acknowledged; rejects as `Producer.send` does. */
  async send(to: string, item: Item, error: unknown): Promise<void> {
    const { topic: from, partition, offset, timestampMs, headers } = placeOf(item);
    const said = {
      topic: from,
      partition: String(partition),
      offset: String(offset),
      code: codeOf(error),
      reason: reasonOf(error),
    };
    const added = Object.entries(said).map(([name, text]) => ({ key: `millrace-dead-letter-${name}`, value: Buffer.from(text) }));
    const { key, value } = item.stored;
    await this.#producer().send(topic(to, asItCame), { key, value, timestampMs, headers: [...headers, ...added] });
  }
}
