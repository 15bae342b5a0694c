import type { InSyncProposal, MetadataImage } from "@millrace/metadata";
import { BrokerEpoch, BrokerId, LeaderEpoch, PartitionEpoch, TopicId, type Uuid } from "@millrace/vocabulary";
import type { BrokerRegistration, ConfigChange, ConfigOperation, MorePartitions, NewTopic } from "../../src/index.ts";
import { clusterId, uuid } from "./world.ts";

/** Words of a story, after the command: bare ones, and `key=value`. */
export interface Words {
  readonly bare: readonly string[];
  readonly named: ReadonlyMap<string, string>;
}

export function wordsOf(text: string): Words {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const pairs = words
    .filter((word) => word.includes("="))
    .map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] as const);
  return { bare: words.filter((word) => !word.includes("=")), named: new Map(pairs) };
}

/**
 * `1 host=h1 rack=a life=2 stop=lossy lives=1,2 directory=9 cluster=other levels=millrace.version:2-3`.
 *
 * @param previousEpoch that the directory remembers
 */
export function registration({ bare, named }: Words, previousEpoch?: BrokerEpoch): BrokerRegistration {
  const id = BrokerId(Number(bare[0]));
  const features = (named.get("levels") ?? "")
    .split(",")
    .filter((text) => text !== "")
    .map(levelRange);
  return {
    id,
    incarnation: incarnation(id, named.get("life") ?? "1"),
    directoryId: uuid(Number(named.get("directory") ?? id)),
    clusterId: named.has("cluster") ? uuid(99) : clusterId,
    host: named.get("host") ?? `host-${id}`,
    rack: named.get("rack"),
    listeners: [{ name: "PLAINTEXT", host: "127.0.0.1", port: 9091 + id }],
    features: new Map(features),
    lastStop: (named.get("stop") ?? "first") as BrokerRegistration["lastStop"],
    previousEpoch,
    lives: (named.get("lives")?.split(",") ?? []).map((life) => incarnation(id, life)),
  };
}

function incarnation(id: BrokerId, life: string): Uuid {
  return uuid(id * 100 + Number(life));
}

function levelRange(text: string): [string, { min: number; max: number }] {
  const [name, range] = text.split(":");
  const [min, max] = range!.split("-").map(Number);
  return [name!, { min: min!, max: max! }];
}

/** `orders partitions=3 rf=1 retention.ms=5`, or `orders assign=1,2/2,3`. */
export function newTopic({ bare, named }: Words): NewTopic {
  const known = new Set(["partitions", "rf", "assign"]);
  const assign = named.get("assign");
  return {
    name: bare[0] ?? "",
    partitions: Number(named.get("partitions") ?? -1),
    replicationFactor: Number(named.get("rf") ?? -1),
    ...(assign === undefined ? {} : { assignment: assignment(assign) }),
    overrides: new Map([...named].filter(([key]) => !known.has(key))),
  };
}

/** `orders total=5 assign=1/2`. */
export function morePartitions({ bare, named }: Words): MorePartitions {
  const assign = named.get("assign");
  return { topic: bare[0]!, total: Number(named.get("total")), ...(assign === undefined ? {} : { assignment: assignment(assign) }) };
}

function assignment(text: string): BrokerId[][] {
  return text.split("/").map((part) =>
    part
      .split(",")
      .filter((id) => id !== "")
      .map((id) => BrokerId(Number(id))),
  );
}

/** `topic:orders merge retention.ms=5 cleanup.policy+=compact segment.ms!`, where `!` deletes and `=?` is a set without a value. */
export function configChange(text: string): ConfigChange {
  const [target, mode, ...words] = text.split(/\s+/);
  return { resource: resource(target!), mode: mode as ConfigChange["mode"], operations: words.map(operation) };
}

function resource(text: string): ConfigChange["resource"] {
  const [type, name] = text.split(":");
  if (type === "topic") return { type, name: name! };
  return type === "broker" ? { type, id: BrokerId(Number(name)) } : { type: "cluster" };
}

function operation(word: string): ConfigOperation {
  if (word.endsWith("!")) return { key: word.slice(0, -1), operation: "delete", value: undefined };
  const [, key, sign, value] = /^([^=+-]+)(\+|-)?=(.*)$/.exec(word)!;
  const kind = sign === "+" ? "append" : sign === "-" ? "subtract" : "set";
  return { key: key!, operation: kind, value: value === "?" ? undefined : value };
}

/** `orders-0 1,2@7 leader-epoch=0 partition-epoch=3`: of the life 7 of broker 2; `orders-0 withdraws`. What is not said is as the image says. */
export function inSyncProposal(image: MetadataImage, { bare, named }: Words): InSyncProposal {
  const [, name, index] = /^(.+)-(\d+)$/.exec(bare[0]!)!;
  const topic = image.topics.byName(name!);
  const partition = topic?.partitions[Number(index)];
  return {
    topicId: topic?.id ?? TopicId(uuid(404)),
    index: Number(index),
    leaderEpoch: LeaderEpoch(Number(named.get("leader-epoch") ?? partition?.leaderEpoch ?? 0)),
    partitionEpoch: PartitionEpoch(Number(named.get("partition-epoch") ?? partition?.partitionEpoch ?? 0)),
    ...(bare[1] === "withdraws"
      ? { isr: [], withdraws: true }
      : { isr: bare[1]!.split(",").map((member) => inSyncReplica(image, member)) }),
  };
}

function inSyncReplica(image: MetadataImage, member: string): InSyncProposal["isr"][number] {
  const [id, epoch] = member.split("@").map(Number);
  const broker = BrokerId(id!);
  return { broker, epoch: BrokerEpoch(epoch ?? image.brokers.get(broker)?.epoch ?? -1) };
}
