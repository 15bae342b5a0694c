import type { CreatedTopic, NewTopic } from "@millrace/controller";
import type { TopicImage } from "@millrace/metadata";
import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { BrokerId, isTopicKey, MillraceError, topicKeys, zeroUuid } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { describeConfigs } from "../../../operations/configs.ts";
import { sourceNumber } from "../config-numbers.ts";
import { errorCodeOf, errorFields, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";
import { namedTwice, onceEach } from "../once-each.ts";

/** Below this version TOPIC_DELETION_DISABLED is not known. */
const deletionDisabledVersion = 3;

const mutation = { resource: "topic", quota: "controller_mutation" } as const;

/** Creating, deleting and growing topics. */
export function topicsHandlers(broker: Broker): KafkaHandler<any>[] {
  return [
    handler("CreateTopics", { ...mutation, access: "create" }, (request, call) => create(broker, request, call)),
    handler("DeleteTopics", { ...mutation, access: "delete" }, (request, call) => remove(broker, request, call)),
    handler("CreatePartitions", { ...mutation, access: "alter" }, (request, call) => grow(broker, request, call)),
  ];
}

type Create = RequestOf<"CreateTopics">;
type Created = ResponseOf<"CreateTopics">["topics"][number];

async function create(broker: Broker, { topics, validateOnly }: Create, { guard }: KafkaCall): Promise<ResponseOf<"CreateTopics">> {
  const wanted = topics.map((topic) => attempt(() => (guard.check(topic.name), newTopic(topic))));
  const sound = wanted.filter((topic): topic is NewTopic => !(topic instanceof MillraceError));
  guard.charge(sound.length);
  const results = await broker.topics.create(sound, { validateOnly });
  let next = 0;
  const answers = wanted.map((topic, index) => {
    const result = topic instanceof MillraceError ? topic : results[next++]!;
    return created(broker, topics[index]!.name, result);
  });
  return { topics: onceEach(answers, ({ name }) => name) };
}

function attempt<Value>(make: () => Value): Value | MillraceError {
  try {
    return make();
  } catch (error) {
    return expectMillraceError(error);
  }
}

function newTopic({ name, numPartitions, replicationFactor, assignments, configs }: Create["topics"][number]): NewTopic {
  const overrides = new Map<string, string>();
  for (const { name: key, value } of configs) {
    if (value === null) throw new MillraceError("INVALID_CONFIG", { topic: name, key, value });
    overrides.set(key, value);
  }
  const base = { name, partitions: numPartitions, replicationFactor, overrides };
  return assignments.length === 0 ? base : { ...base, assignment: assignmentOf(name, assignments) };
}

/** Replicas by partition. INVALID_REPLICA_ASSIGNMENT unless the partitions are 0, 1, 2 and so on. */
function assignmentOf(topic: string, assignments: Create["topics"][number]["assignments"]): BrokerId[][] {
  const ordered = [...assignments].sort((a, b) => a.partitionIndex - b.partitionIndex);
  ordered.forEach(({ partitionIndex }, index) => {
    if (partitionIndex !== index)
      throw new MillraceError("INVALID_REPLICA_ASSIGNMENT", { topic, partition: partitionIndex, expected: index });
  });
  return ordered.map(({ brokerIds }) => [...brokerIds]);
}

function created(broker: Broker, name: string, result: CreatedTopic | MillraceError): Created {
  if (result instanceof MillraceError) return { name, topicId: zeroUuid, ...errorFields(result), configs: [] };
  return {
    name,
    topicId: result.id,
    ...errorFields(undefined),
    numPartitions: result.partitions,
    replicationFactor: result.replicationFactor,
    configs: configsOf(broker, result),
  };
}

/** Of a topic that was only validated, what it would have. */
function configsOf(broker: Broker, { name, overrides }: CreatedTopic): NonNullable<Created["configs"]> {
  const exists = broker.image.topics.byName(name) !== undefined;
  const described = exists ? describeConfigs(broker, { type: "topic", name }) : undefined;
  if (described !== undefined)
    return described.map(({ key, value, source }) => ({
      name: key,
      value,
      readOnly: false,
      configSource: sourceNumber(source),
      isSensitive: false,
    }));
  return Object.keys(topicKeys)
    .filter(isTopicKey)
    .map((key) => {
      const { value, source } = broker.configuration.topicSources(key, overrides)[0]!;
      const print = topicKeys[key].type.print as (value: unknown) => string;
      return {
        name: key,
        value: print(value),
        readOnly: false,
        configSource: sourceNumber(source),
        isSensitive: false,
      };
    });
}

type Remove = RequestOf<"DeleteTopics">;
type Removed = ResponseOf<"DeleteTopics">["responses"][number];

async function remove(broker: Broker, { topics }: Remove, { guard, version }: KafkaCall): Promise<ResponseOf<"DeleteTopics">> {
  const twice = namedTwice(topics, keyOf);
  const found = topics.map((asked) => attempt(() => deletable(broker, asked, twice.has(keyOf(asked)), { guard, version })));
  const ids = found.filter((topic): topic is TopicImage => !(topic instanceof MillraceError)).map(({ id }) => id);
  guard.charge(ids.length);
  const outcomes = await broker.controller.deleteTopics(ids);
  let next = 0;
  const answers = found.map((topic, index): Removed => {
    const { name = null, topicId } = topics[index]!;
    if (topic instanceof MillraceError) return { name, topicId, ...errorFields(topic) };
    return { name: topic.name, topicId: topic.id, ...errorFields(outcomes[next++]) };
  });
  return { responses: onceEach(answers, keyOf) };
}

/** What a topic was named by, be it its name, its id, or wrongly both. */
function keyOf({ name = null, topicId }: Pick<Removed, "name" | "topicId">): string {
  return `${name}:${topicId}`;
}

/** The topic that is meant, if it may be deleted. */
function deletable(
  broker: Broker,
  { name, topicId }: Remove["topics"][number],
  isRepeated: boolean,
  { guard, version }: Pick<KafkaCall, "guard" | "version">,
): TopicImage {
  if (!broker.configuration.get("delete.topic.enable")) {
    throw new MillraceError(version >= deletionDisabledVersion ? "TOPIC_DELETION_DISABLED" : "INVALID_REQUEST", {
      "delete.topic.enable": false,
    });
  }
  const byId = topicId !== zeroUuid;
  if (byId === (name !== null)) throw new MillraceError("INVALID_REQUEST", { topic: name, topicId, reason: "exactly one of name and id" });
  if (isRepeated) throw new MillraceError("INVALID_REQUEST", { topic: name, topicId, reason: "named twice" });
  const topic = name === null ? broker.image.topics.byId(topicId) : broker.image.topics.byName(name);
  if (topic === undefined) throw new MillraceError(byId ? "UNKNOWN_TOPIC_ID" : "UNKNOWN_TOPIC_OR_PARTITION", { topic: name, topicId });
  guard.check(topic.name);
  return topic;
}

async function grow(
  broker: Broker,
  { topics, validateOnly }: RequestOf<"CreatePartitions">,
  { guard }: KafkaCall,
): Promise<ResponseOf<"CreatePartitions">> {
  const twice = namedTwice(topics, ({ name }) => name);
  const wanted = topics.map(({ name, count, assignments }) =>
    attempt(() => {
      guard.check(name);
      if (twice.has(name)) throw new MillraceError("INVALID_REQUEST", { topic: name, reason: "named twice" });
      const base = { topic: name, total: count };
      return assignments === null ? base : { ...base, assignment: assignments.map(({ brokerIds }) => [...brokerIds]) };
    }),
  );
  const sound = wanted.filter((request): request is Exclude<typeof request, MillraceError> => !(request instanceof MillraceError));
  guard.charge(sound.length);
  const outcomes = await broker.controller.createPartitions(sound, { validateOnly });
  await broker.replicas.settled();
  let next = 0;
  const results = wanted.map((request, index) => {
    const error = request instanceof MillraceError ? request : outcomes[next++];
    return { name: topics[index]!.name, errorCode: errorCodeOf(error), errorMessage: error?.message ?? null };
  });
  return { results: onceEach(results, ({ name }) => name) };
}
