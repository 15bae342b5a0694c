import { bootstrapSnapshot, decodeRecord } from "@millrace/metadata";
import { printImage, printRecord } from "@millrace/metadata/testing";
import { formatQuorum, openQuorum, type Quorum, type QuorumFollower } from "@millrace/raft";
import { MemoryKv, watchedQuorum } from "@millrace/raft/testing";
import { BrokerEpoch, BrokerId, type BrokerKey, brokerKeys, Configuration, MillraceError, TopicId } from "@millrace/vocabulary";
import { type BrokerRegistration, type HostingController, openController } from "../../src/index.ts";
import type { Answer } from "../../src/sessions/lives.ts";
import { carryOutPartitions, isPartitionCommand } from "./partition-commands.ts";
import { refusal } from "./refusal.ts";
import { configChange, morePartitions, newTopic, registration, type Words, wordsOf } from "./requests.ts";
import { chance, clock, clusterId, self, settle, silent, uuid, voters } from "./world.ts";

/** Carries out a story about one controller, and writes down what is committed and what is answered. */
export class ControllerStory {
  #kv = new MemoryKv();
  #controller: HostingController | undefined;
  #trace: string[] = [];
  #broken: unknown;
  #isWatched = false;
  readonly #written = new Map<BrokerKey, unknown>();
  readonly #topicNames = new Map<string, string>();
  readonly #epochs = new Map<number, BrokerEpoch>();
  readonly #streams = new Map<number, number>();
  readonly #answers = new Map<number, Answer>();

  async tell(line: string): Promise<string[]> {
    const [, command, rest] = /^(\S+)\s*(.*)$/.exec(line)!;
    void this.#carryOut(command!, rest!).catch((error: unknown) => this.#rejected(command!, error));
    await settle();
    if (this.#broken !== undefined) throw this.#broken;
    return this.#trace.splice(0);
  }

  #rejected(command: string, error: unknown): void {
    if (error instanceof MillraceError) this.#trace.push(`${command} ${refusal(error)}`);
    else this.#broken = error;
  }

  async #carryOut(command: string, rest: string): Promise<unknown> {
    switch (command) {
      case "configure":
        return this.#configure(wordsOf(rest));
      case "start":
        return this.#start(rest === "watched");
      case "register":
        return this.#register(wordsOf(rest));
      case "stop":
        return this.#stop(Number(wordsOf(rest).bare[0]), wordsOf(rest).named.get("epoch"));
      case "fence":
        return this.#fence(Number(rest));
      case "ids":
        return this.#ids(Number(rest));
      case "image":
        return this.#trace.push(...printImage(this.#controller!.image));
      case "hold":
        return this.#kv.hold();
      case "release":
        return this.#kv.release();
      case "fail":
        return this.#kv.fail(new Error("the disk is gone"));
      case "crash":
        this.#kv = this.#kv.crash();
        return;
      default:
        return this.#request(command, rest);
    }
  }

  async #request(command: string, rest: string): Promise<void> {
    const controller = this.#controller!;
    if (isPartitionCommand(command)) return void this.#trace.push(...(await carryOutPartitions(controller, command, rest)));
    const validateOnly = command.endsWith("?");
    const parts = rest.split(" & ");
    const words = parts.map(wordsOf);
    const say = (answers: readonly unknown[]) =>
      this.#trace.push(...answers.map((answer, index) => `${command} ${words[index]!.bare[0]}: ${result(answer)}`));
    switch (command.replace("?", "")) {
      case "create":
        return void say(await controller.createTopics(words.map(newTopic), { validateOnly }));
      case "delete":
        return void say(await controller.deleteTopics(words.map(({ bare }) => this.#topicId(bare[0]!))));
      case "more":
        return void say(await controller.createPartitions(words.map(morePartitions), { validateOnly }));
      case "alter":
        return void say(await controller.alterConfigs(parts.map(configChange), { validateOnly }));
      default:
        throw new Error(`no such command: ${command}`);
    }
  }

  #configure({ named }: Words): void {
    for (const [key, value] of named) this.#written.set(key as BrokerKey, brokerKeys[key as BrokerKey].type.parse(value));
  }

  /** @param isWatched brokers live in other processes, which `fence` ends; otherwise in this one, and nobody is fenced */
  async #start(isWatched: boolean): Promise<void> {
    if (this.#kv.entries().length === 0) await formatQuorum(this.#kv, { clusterId, self, voters, bootstrap: bootstrapSnapshot(new Map()) });
    const onFailure = (error: unknown) => this.#trace.push(`failed: ${(error as Error).message}`);
    const quorum = await openQuorum({ kv: this.#kv, clock, logger: silent, clusterId, self, voters: [], onFailure });
    const configuration = new Configuration(this.#written);
    const options = {
      quorum: this.#watched(quorum),
      clusterId,
      nodeId: self.nodeId,
      configuration,
      clock,
      random: chance(1),
      logger: { ...silent, warn: (phrase: string, fields?: object) => this.#warned(phrase, fields) },
      ...(isWatched && { ask: async ({ id }: { id: number }) => this.#answers.get(id) ?? "none" }),
    };
    this.#isWatched = isWatched;
    this.#controller = await openController(options);
    this.#trace.push(`started term=${quorum.role.term} offset=${this.#controller.image.offset}`);
  }

  /** Only what a story is about. */
  #warned(phrase: string, fields: { topic?: string; partition?: number; risk?: string } = {}): void {
    if (fields.risk !== undefined) this.#trace.push(`warn ${phrase}: ${fields.topic}-${fields.partition}, ${fields.risk}`);
  }

  /** The quorum, with every committed record written down before it is folded in. */
  #watched(quorum: Quorum): Quorum {
    return watchedQuorum(quorum, (follower) => this.#writingDown(follower));
  }

  #writingDown(follower: QuorumFollower): QuorumFollower {
    return {
      restore: (...args) => follower.restore(...args),
      roleChanged: (role) => follower.roleChanged(role),
      committed: (offset, term, records) => {
        for (const [index, bytes] of records.entries()) this.#committed(offset + index, bytes);
        return follower.committed(offset, term, records);
      },
    };
  }

  #committed(offset: number, bytes: Buffer): void {
    const record = decodeRecord(bytes);
    if (record.type === "Topic") this.#topicNames.set(record.topicId, record.name);
    this.#trace.push(`@${offset} ${printRecord(record, (id) => this.#topicNames.get(id) ?? id)}`);
  }

  async #register(words: Words): Promise<void> {
    const previous = words.named.get("previous");
    const id = Number(words.bare[0]);
    const wanted = registration(words, previous === undefined ? this.#epochs.get(id) : BrokerEpoch(Number(previous)));
    const epoch = await (this.#isWatched ? this.#registerOnStream(wanted) : this.#controller!.registerBroker(wanted));
    this.#epochs.set(wanted.id, epoch);
    this.#trace.push(`register ${wanted.id}: epoch=${epoch}`);
  }

  async #stop(id: number, epoch: string | undefined): Promise<void> {
    await this.#controller!.stopBroker(BrokerId(id), epoch === undefined ? this.#epochs.get(id)! : BrokerEpoch(Number(epoch)));
    this.#trace.push(`stop ${id}: done`);
  }

  #registerOnStream(wanted: BrokerRegistration): Promise<BrokerEpoch> {
    this.#answers.delete(wanted.id);
    const stream = this.#controller!.sessions.opened(() => {});
    this.#streams.set(wanted.id, stream);
    return this.#controller!.registerOn(stream, wanted);
  }

  /** The broker's process is gone: its stream breaks, and nobody is at its address. */
  #fence(id: number): void {
    this.#answers.set(id, "refused");
    this.#controller!.sessions.broken(BrokerId(id), this.#streams.get(id)!);
  }

  async #ids(id: number): Promise<void> {
    const { first, count } = await this.#controller!.allocateProducerIds(BrokerId(id), this.#epochs.get(id) ?? BrokerEpoch(-1));
    this.#trace.push(`ids ${id}: ${first} to ${first + count}`);
  }

  #topicId(name: string): TopicId {
    return this.#controller!.image.topics.byName(name)?.id ?? TopicId(uuid(404));
  }
}

function result(answer: unknown): string {
  if (answer instanceof MillraceError) return refusal(answer);
  if (answer === undefined) return "done";
  const { partitions, replicationFactor } = answer as { partitions: number; replicationFactor: number };
  return `partitions=${partitions} rf=${replicationFactor}`;
}
