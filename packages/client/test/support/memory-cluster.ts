import { decodeProduceRequest, type Draft, encodeMessage, failureOf } from "@millrace/contracts";
import { Acks, Log, type ProduceEntry, ProduceResponse, type ProduceResult, type Topic } from "@millrace/contracts/log";
import { serveMethod } from "@millrace/rpc";
import type { PeerMethod, PeerStream, Runtime } from "@millrace/runtime";
import { type SimulatedWorld, simulatedWorld } from "@millrace/runtime/simulated";
import { type ErrorCode, MillraceError } from "@millrace/vocabulary";
import { connect, type Mill, type MillOptions } from "@millrace/client";
import { consumeMethod } from "./memory-consume.ts";
import { MemoryGroups } from "./memory-groups.ts";
import { hostOf, port } from "./hosts.ts";
import { MemoryLog } from "./memory-log.ts";

interface MemoryTopic {
  readonly id: Buffer;
  readonly partitions: MemoryLog[];
}

/**
 * Brokers in a simulated world that share their partitions, as if replication took no time, and do what clients see of Kafka: leaders,
 * sequences, credit, groups. What they refuse or lose is told to them.
 */
export class MemoryCluster {
  readonly world: SimulatedWorld;
  readonly groups = new MemoryGroups();
  readonly topics = new Map<string, MemoryTopic>();
  /** What Produce says to the next entries, in place of appending them. */
  readonly refusals: ErrorCode[] = [];
  /** What was asked, one method each. */
  readonly calls: string[] = [];
  /** Answers to Produce get lost from now on, though batches are appended. */
  losesAnswers = false;
  createsTopics = true;
  /** Bytes of batches that Consume has sent. */
  sentBytes = 0;
  readonly #paused = new Set<number>();
  #producerIds = 1000;
  readonly #brokers: number;
  readonly #clients: Mill[] = [];

  constructor(options: { readonly brokers?: number; readonly seed?: number } = {}) {
    this.world = simulatedWorld(options.seed ?? 1);
    this.#brokers = options.brokers ?? 1;
    for (let id = 1; id <= this.#brokers; id++) void this.serve(id, this.world.process(hostOf(id)));
  }

  get addresses(): string {
    return this.#ids.map((id) => `${hostOf(id)}:${port}`).join(",");
  }

  /** A client in a process of its own. */
  client(name = "client", options: MillOptions = {}): Mill {
    const { clock, random, peers } = this.world.process(name);
    const mill = connect(this.addresses, { ...options, world: { clock, random, peers, onStop: () => () => {}, hold: () => () => {} } });
    this.#clients.push(mill);
    return mill;
  }

  createTopic(name: string, partitions = 1): MemoryLog[] {
    const id = Buffer.alloc(16);
    id.writeUInt32BE(this.topics.size + 1, 12);
    const topic = { id, partitions: Array.from({ length: partitions }, (_, index) => new MemoryLog(this.#ids[index % this.#brokers]!)) };
    this.topics.set(name, topic);
    return topic.partitions;
  }

  addPartition(topic: string): void {
    this.topics.get(topic)!.partitions.push(new MemoryLog(1));
  }

  log(topic: string, partition = 0): MemoryLog {
    return this.topics.get(topic)!.partitions[partition]!;
  }

  /** Kills a broker; `restart` brings it back. */
  kill(id: number): void {
    this.world.crash(hostOf(id));
  }

  restart(id: number): void {
    void this.serve(id, this.world.restart(hostOf(id)));
  }

  /** Lets a broker stand still: its connections stay, and nothing is answered until `resume`. */
  pause(id: number): void {
    this.#paused.add(id);
    this.world.pause(hostOf(id));
  }

  resume(id: number): void {
    this.#paused.delete(id);
    this.world.resume(hostOf(id));
  }

  /** Lets the story run until the promise settles. */
  drive<Value>(promise: Promise<Value>): Promise<Value> {
    return this.world.drive(promise);
  }

  /** Lets virtual time pass. */
  pass(ms: number): Promise<void> {
    return this.world.run(this.world.nowMs + ms);
  }

  async close(): Promise<void> {
    await this.drive(Promise.all(this.#clients.map((mill) => mill.close({ timeoutMs: 100 }).catch(() => {}))));
  }

  /** A partition by what a request calls it, if this broker leads it. */
  locate(broker: number, { topic = "", topicId, partition = 0 }: Draft<ProduceEntry>): MemoryLog {
    const log = this.#topicOf(topic, Buffer.from(topicId ?? [])).partitions[partition];
    if (log === undefined) throw new MillraceError("UNKNOWN_TOPIC_OR_PARTITION");
    if (log.leader !== broker) throw new MillraceError("NOT_LEADER_OR_FOLLOWER");
    return log;
  }

  isPaused(id: number): boolean {
    return this.#paused.has(id);
  }

  leaderDraft({ leader, leaderEpoch }: MemoryLog) {
    return { broker: leader, leaderEpoch, host: hostOf(leader), port };
  }

  async serve(id: number, { peers, clock }: Runtime): Promise<void> {
    const describe = serveMethod(Log.describeTopics, async ({ names, createMissing }) => {
      this.calls.push("describeTopics");
      for (const name of names) if (createMissing && this.createsTopics && !this.topics.has(name)) this.createTopic(name);
      const brokers = this.#ids.map((each) => ({ id: each, host: hostOf(each), port }));
      return { clusterId: "memory", brokers, topics: names.map((name) => this.#describe(name)) };
    });
    const initProducer = serveMethod(Log.initProducer, async () => ({ producerId: this.#producerIds++ }));
    const listOffsets = serveMethod(Log.listOffsets, async ({ queries }) => ({
      offsets: queries.map(({ spot, ...query }) => {
        const log = this.locate(id, query);
        return { offset: spot === 1 ? log.logStart : log.end };
      }),
    }));
    const streams = [this.#produceMethod(id), consumeMethod(this, id)];
    const methods = [describe, initProducer, listOffsets, ...streams, ...this.groups.methods(id, clock)];
    await peers.serve({ host: hostOf(id), port }, methods);
  }

  get #ids(): number[] {
    return Array.from({ length: this.#brokers }, (_, index) => index + 1);
  }

  #topicOf(name: string, id: Buffer): MemoryTopic {
    const found = id.length === 0 ? this.topics.get(name) : [...this.topics.values()].find((topic) => topic.id.equals(id));
    if (found === undefined) throw new MillraceError(id.length === 0 ? "UNKNOWN_TOPIC_OR_PARTITION" : "UNKNOWN_TOPIC_ID");
    return found;
  }

  #describe(name: string): Draft<Topic> {
    const topic = this.topics.get(name);
    if (topic === undefined) return { name, failure: failureOf(new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: name })) };
    const partitions = topic.partitions.map(({ leader, leaderEpoch }, partition) => ({ partition, leader, leaderEpoch }));
    return { name, id: topic.id, partitions };
  }

  #produceMethod(id: number): PeerMethod {
    return {
      kind: "stream",
      path: Log.produce.path,
      handle: (stream) =>
        stream.receive({
          message: (message) => this.#produce(id, stream, message),
          ended: () => stream.end(),
          drained: () => {},
          closed: () => {},
        }),
    };
  }

  #produce(id: number, stream: PeerStream, message: Buffer): void {
    const { acks, entries } = decodeProduceRequest(message);
    const results = entries.map((entry) => this.#append(id, entry));
    if (acks === Acks.NONE || this.losesAnswers) return;
    stream.send([encodeMessage(ProduceResponse, { results })]);
  }

  #append(id: number, entry: ProduceEntry): Draft<ProduceResult> {
    try {
      const refusal = this.refusals.shift();
      if (refusal !== undefined) throw new MillraceError(refusal);
      return { entry: entry.entry, baseOffset: this.locate(id, entry).append(entry.batch) };
    } catch (error) {
      const log = this.#topicOf(entry.topic, entry.topicId).partitions[entry.partition];
      const leader = log === undefined ? undefined : this.leaderDraft(log);
      return { entry: entry.entry, failure: failureOf(error as MillraceError), leader };
    }
  }
}
