import type { Logger, Random, RandomStream } from "@millrace/runtime";
import { type BrokerKey, type BrokerValue, Configuration, TopicId, type Uuid } from "@millrace/vocabulary";
import type { GroupSurroundings } from "../../src/index.ts";

/** A configuration of one shard, without the wait for first members, whose values may be changed. */
export class Settings {
  readonly #preset = new Configuration();
  readonly #values = new Map<BrokerKey, unknown>([
    ["offsets.topic.num.partitions", 1],
    ["group.initial.rebalance.delay.ms", 0],
  ]);

  get<Key extends BrokerKey>(key: Key): BrokerValue<Key> {
    return (this.#values.has(key) ? this.#values.get(key) : this.#preset.get(key)) as BrokerValue<Key>;
  }

  set(key: BrokerKey, value: unknown): void {
    this.#values.set(key, value);
  }
}

/** Topics by name, each life of a topic with an id of its own. */
export class Topics implements GroupSurroundings {
  readonly #partitions = new Map<string, number>();
  readonly #ids = new Map<string, TopicId>();
  #lives = 0;

  create(topic: string, partitions: number): void {
    this.#partitions.set(topic, partitions);
    this.#ids.set(topic, TopicId(`${String(++this.#lives).padStart(21, "0")}A`));
  }

  delete(topic: string): void {
    this.#partitions.delete(topic);
    this.#ids.delete(topic);
  }

  hasPartition(topic: string, partition: number): boolean {
    return partition < (this.#partitions.get(topic) ?? 0);
  }

  partitionCount(topic: string): number | undefined {
    return this.#partitions.get(topic);
  }

  topicId(topic: string): TopicId | undefined {
    return this.#ids.get(topic);
  }
}

/** Draws that only count up. */
export class CountingRandom implements Random, RandomStream {
  #drawn = 0;

  stream(): RandomStream {
    return this;
  }

  below(bound: number): number {
    return this.#drawn++ % bound;
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    bytes.writeUInt32BE(++this.#drawn, length - 4);
    return bytes;
  }

  uuid(): Uuid {
    return this.bytes(16).toString("base64url") as Uuid;
  }
}

/** Keeps the phrases of warnings and errors. */
export class QuietLogger implements Logger {
  readonly phrases: string[] = [];

  error(phrase: string): void {
    this.phrases.push(phrase);
  }

  warn(phrase: string): void {
    this.phrases.push(phrase);
  }

  info(): void {}

  debug(): void {}

  with(): Logger {
    return this;
  }
}

/** What a consumer says of itself: a subscription of version 0. */
export function subscription(topics: readonly string[]): Buffer {
  const names = topics.map((topic) => {
    const name = Buffer.alloc(2 + Buffer.byteLength(topic));
    name.writeInt16BE(name.length - 2, 0);
    name.write(topic, 2);
    return name;
  });
  const head = Buffer.alloc(6);
  head.writeInt32BE(topics.length, 2);
  return Buffer.concat([head, ...names, Buffer.from([0xff, 0xff, 0xff, 0xff])]);
}
