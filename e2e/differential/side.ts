import { setTimeout as sleep } from "node:timers/promises";
import { type Api, type ApiName, apiOf, apis, encodeRequest, offsetNames } from "@millrace/protocol";
import { codeOfWire, type TopicId, zeroUuid } from "@millrace/vocabulary";
import { type RequestInput, type ResponseValue, WireClient } from "../support/wire-client.ts";
import { Aliases } from "./aliases.ts";
import { exchange, rawCorrelationId } from "./exchange.ts";
import type { CommonVersions } from "./pair.ts";
import type { Outcome, Step } from "./transcript.ts";

/** After so long what was arranged ought to be seen. */
const arrangedMaxMs = 20_000;

export interface AskOptions {
  /** Which of the side's connections; each is opened when first used. */
  readonly over?: string;
  readonly clientId?: string | null;
}

/** A scenario that cannot go on: the broker did not answer. What it did instead is in the transcript. */
export class NoAnswer extends Error {}

/** One of the two brokers as a scenario sees it. Notes what is asked and what becomes of it. */
export class Side {
  readonly bootstrap: string;
  readonly aliases: Aliases;
  /** The versions of an API that both brokers serve. */
  readonly versionsOf: CommonVersions;
  readonly #steps: Promise<Step>[] = [];
  readonly #connections = new Map<string, WireClient>();

  /** @param names what was made up so far, by what it is called */
  constructor(bootstrap: string, versionsOf: CommonVersions, names: Map<string, string>) {
    this.bootstrap = bootstrap;
    this.versionsOf = versionsOf;
    this.aliases = new Aliases(Number(bootstrap.split(":")[1]), names);
  }

  /** What was noted so far, in the order in which it was asked. */
  async steps(): Promise<Step[]> {
    return Promise.all(this.#steps);
  }

  /** Asks, notes what becomes of it and resolves to the answer. Rejects with NoAnswer where there is none. */
  async ask<Name extends ApiName>(
    situation: string,
    name: Name,
    version: number,
    request: RequestInput<Name>,
    options: AskOptions = {},
  ): Promise<ResponseValue<Name>> {
    const outcome = await this.attempt(situation, name, version, request, options);
    if (outcome.kind !== "answered") throw new NoAnswer(`${name} ${version}, ${situation}: ${outcome.kind}`);
    return outcome.value as ResponseValue<Name>;
  }

  /** Asks, and notes what becomes of it: there may be no answer. */
  attempt<Name extends ApiName>(
    situation: string,
    name: Name,
    version: number,
    request: RequestInput<Name>,
    options: AskOptions = {},
  ): Promise<Outcome> {
    const api: Api = apis[name];
    const { clientId = "differential" } = options;
    const frame = (correlationId: number) => {
      const { parts } = encodeRequest(api, { apiVersion: version, correlationId, clientId }, request);
      return Buffer.concat(parts);
    };
    return this.#note({ situation, api: name, version, request }, this.#exchange(frame, version, options.over));
  }

  /**
   * Sends a frame as it is, with its length, and notes what becomes of it. Its correlation id must be `rawCorrelationId`.
   * `api` and `version` are those by which an answer would be read.
   */
  attemptRaw(situation: string, { key, version }: { key: number; version: number }, bytes: Buffer, over?: string): Promise<Outcome> {
    const name = apiOf(key)?.name ?? String(key);
    const request = bytes.length > 400 ? `${bytes.length} bytes` : bytes.toString("hex");
    return this.#note(
      { situation, api: name, version, request },
      this.#exchange(() => bytes, version, over, key),
    );
  }

  /** Asks without noting it: what a scenario needs and is not about. */
  async arrange<Name extends ApiName>(name: Name, version: number, request: RequestInput<Name>): Promise<ResponseValue<Name>> {
    return (await this.#connection("arrange")).ask(name, version, request);
  }

  /** Asks without noting it until an answer is as it should be: brokers may learn late of what others have been told. */
  async arrangeUntil<Name extends ApiName>(
    name: Name,
    version: number,
    request: RequestInput<Name>,
    isDone: (answer: ResponseValue<Name>) => boolean,
  ): Promise<ResponseValue<Name>> {
    const endMs = performance.now() + arrangedMaxMs;
    for (;;) {
      const answer = await this.arrange(name, version, request);
      if (isDone(answer)) return answer;
      if (performance.now() > endMs) throw new Error(`${this.bootstrap} ${name}: ${JSON.stringify(answer)}`);
      await sleep(10);
    }
  }

  /** Creates a topic, and resolves to its id when every partition has a leader. */
  async createTopic(name: string, { partitions = 1, configs = {} as Record<string, string> } = {}): Promise<TopicId> {
    const entries = Object.entries(configs).map(([key, value]) => ({ name: key, value }));
    const { topics } = await this.arrange("CreateTopics", 7, {
      topics: [{ name, numPartitions: partitions, replicationFactor: 1, assignments: [], configs: entries }],
      timeoutMs: 10_000,
    });
    if (topics[0]!.errorCode !== 0) throw new Error(`${name}: ${codeOfWire(topics[0]!.errorCode)}`);
    await this.seesTopic(name);
    return topics[0]!.topicId;
  }

  /** Sees to it that there is a topic of this name, of three partitions unless it is there already. */
  async hasTopic(name: string): Promise<void> {
    const topic = { name, numPartitions: 3, replicationFactor: 1, assignments: [], configs: [] };
    const { topics } = await this.arrange("CreateTopics", 7, { topics: [topic], timeoutMs: 10_000 });
    const code = codeOfWire(topics[0]!.errorCode);
    if (code === "NONE" || code === "TOPIC_ALREADY_EXISTS") await this.seesTopic(name);
  }

  /** Resolves, to the topic's id, when the broker leads every partition of a topic. */
  async seesTopic(name: string): Promise<TopicId> {
    const { topics } = await this.arrangeUntil(
      "Metadata",
      12,
      { topics: [{ name, topicId: zeroUuid }], allowAutoTopicCreation: false },
      (answer) => answer.topics.every(({ errorCode, partitions }) => errorCode === 0 && partitions.every(({ leaderId }) => leaderId >= 0)),
    );
    const { topicId, partitions } = topics[0]!;
    const asked = partitions.map(({ partitionIndex }) => ({ partitionIndex, timestamp: offsetNames.latest }));
    await this.arrangeUntil("ListOffsets", 7, { replicaId: -1, topics: [{ name, partitions: asked }] }, (answer) =>
      answer.topics[0]!.partitions.every(({ errorCode }) => errorCode === 0),
    );
    this.aliases.know(topicId, `<id of ${name}>`);
    return topicId;
  }

  /** Resolves when groups are coordinated and producers get ids. */
  async seesCoordinators(): Promise<void> {
    await this.arrangeUntil("InitProducerId", 4, { transactionalId: null, transactionTimeoutMs: 1000 }, ({ errorCode }) => errorCode === 0);
    await this.arrangeUntil("FindCoordinator", 0, { keyType: 0, coordinatorKeys: ["warm-up"] }, ({ coordinators }) =>
      coordinators.every(({ errorCode }) => errorCode === 0),
    );
    // Two partitions of the offsets topic: a group of each.
    for (const groupId of ["warm-up-1", "warm-up-2"]) {
      await this.arrangeUntil("OffsetFetch", 8, { groups: [{ groupId, topics: null }] }, ({ groups }) =>
        groups.every(({ errorCode }) => errorCode === 0),
      );
    }
  }

  /** Asks the same in every version that both serve. */
  async askEach<Name extends ApiName>(
    situation: string,
    name: Name,
    request: (version: number) => RequestInput<Name>,
    options: AskOptions = {},
  ): Promise<void> {
    for (const version of this.versionsOf(name)) await this.attempt(situation, name, version, request(version), options);
  }

  /** Appends one batch, and resolves when it is readable. */
  async append(topic: string, records: Buffer, partition = 0): Promise<void> {
    await this.arrangeUntil(
      "Produce",
      9,
      { acks: -1, timeoutMs: 10_000, topicData: [{ name: topic, partitionData: [{ index: partition, records }] }] },
      ({ responses }) => responses[0]!.partitionResponses[0]!.errorCode === 0,
    );
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
  }

  /** Steps stand in the order of asking, though answers may come in another. */
  #note(step: Omit<Step, "outcome">, outcome: Promise<Outcome>): Promise<Outcome> {
    this.#steps.push(outcome.then((known) => ({ ...step, outcome: known })));
    return outcome;
  }

  async #exchange(
    frameOf: (correlationId: number) => Buffer,
    version: number,
    over = "main",
    key = frameOf(0).readInt16BE(4),
  ): Promise<Outcome> {
    const connection = await this.#connection(over);
    const outcome = await exchange(connection, frameOf(rawCorrelationId), { key, version });
    if (outcome.kind === "closed" || outcome.kind === "silent") {
      this.#connections.delete(over);
      connection.close();
    }
    return outcome;
  }

  async #connection(over: string): Promise<WireClient> {
    const open = this.#connections.get(over) ?? (await WireClient.connect(this.bootstrap));
    this.#connections.set(over, open);
    return open;
  }
}
