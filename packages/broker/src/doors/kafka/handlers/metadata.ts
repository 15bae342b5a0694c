import type { PartitionImage, TopicImage } from "@millrace/metadata";
import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { MillraceError, noBroker, topicNameFault, zeroUuid } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { authorizedOperations } from "../authorized-operations.ts";
import { errorCodeOf } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";
import { onceEach } from "../once-each.ts";

type Request = RequestOf<"Metadata">;
type Topic = ResponseOf<"Metadata">["topics"][number];
type Asked = NonNullable<Request["topics"]>[number];

/** The first version that is answered by topic id; 10 and 11 have the field and must not use it, and are refused whole where they do. */
const topicIdVersion = 12;
/** The first version that knows LISTENER_NOT_FOUND. */
const listenerVersion = 6;

export function metadataHandler(broker: Broker): KafkaHandler<"Metadata"> {
  return handler("Metadata", { resource: "topic", access: "describe", quota: "request" }, (request, call) => handle(broker, request, call));
}

function handle(broker: Broker, request: Request, call: KafkaCall): ResponseOf<"Metadata"> {
  if (call.version < topicIdVersion && request.topics?.some(isById)) return refused(request.topics, call.version);
  const brokers = broker.endpoints.all(broker.image, call.context);
  return {
    brokers: brokers.map(({ id, host, port, rack }) => ({ nodeId: id, host, port, rack: rack ?? null })),
    clusterId: broker.clusterId,
    // Every broker takes admin requests and forwards them.
    controllerId: brokers.some(({ id }) => id === broker.self) ? broker.self : (brokers[0]?.id ?? noBroker),
    topics: topicsOf(broker, request, call),
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations ? authorizedOperations(call, "cluster") : undefined,
  };
}

function topicsOf(broker: Broker, request: Request, call: KafkaCall): Topic[] {
  if (request.topics === null) {
    return [...broker.image.topics.all()]
      .filter(({ name }) => call.guard.allows(name))
      .map((topic) => describe(broker, topic, request, call));
  }
  const missing: string[] = [];
  const answers = onceEach(request.topics, ({ name, topicId }) => `${name}:${topicId}`).map((asked) => {
    const topic = find(broker, asked, call);
    if (!(topic instanceof MillraceError)) return describe(broker, topic, request, call);
    if (topic.code === "UNKNOWN_TOPIC_OR_PARTITION" && asked.name !== null) missing.push(asked.name);
    return { ...failed(asked, topic, call.version), ...(isById(asked) ? {} : operationsOn(asked.name!, request, call)) };
  });
  if (request.allowAutoTopicCreation) broker.topics.createMissing(missing);
  return answers;
}

function isById({ topicId, name }: Asked): boolean {
  return name === null || topicId !== zeroUuid;
}

/** The answer to a request that names topics by id in a version that cannot. */
function refused(topics: readonly Asked[], version: number): ResponseOf<"Metadata"> {
  const error = new MillraceError("INVALID_REQUEST", { version });
  return { brokers: [], clusterId: null, controllerId: noBroker, topics: topics.map((asked) => failed(asked, error, version)) };
}

/** Where a topic has both an id and a name, the id counts. */
function find(broker: Broker, asked: Asked, { guard }: KafkaCall): TopicImage | MillraceError {
  const { topicId, name } = asked;
  if (isById(asked) || name === null) {
    const topic = broker.image.topics.byId(topicId);
    return topic !== undefined && guard.allows(topic.name) ? topic : new MillraceError("UNKNOWN_TOPIC_ID", { topicId });
  }
  const fault = topicNameFault(name);
  if (fault !== undefined) return new MillraceError("INVALID_TOPIC_EXCEPTION", { topic: name, reason: fault });
  if (!guard.allows(name)) return new MillraceError("TOPIC_AUTHORIZATION_FAILED", { topic: name });
  return broker.image.topics.byName(name) ?? new MillraceError("UNKNOWN_TOPIC_OR_PARTITION", { topic: name });
}

function failed(asked: Asked, error: MillraceError, version: number): Topic {
  const { name, topicId } = asked;
  return {
    errorCode: errorCodeOf(error),
    name: version < topicIdVersion ? (name ?? "") : isById(asked) ? null : name,
    topicId,
    isInternal: false,
    partitions: [],
  };
}

function describe(broker: Broker, topic: TopicImage, request: Request, call: KafkaCall): Topic {
  return {
    errorCode: 0,
    name: topic.name,
    topicId: topic.id,
    isInternal: topic.isInternal,
    partitions: topic.partitions.map((partition) => describePartition(broker, partition, call)),
    ...operationsOn(topic.name, request, call),
  };
}

/** What may be done to a topic, where it was asked for; told even of a topic that is not there. */
function operationsOn(name: string, { includeTopicAuthorizedOperations }: Request, call: KafkaCall) {
  return includeTopicAuthorizedOperations ? { topicAuthorizedOperations: authorizedOperations(call, "topic", name) } : {};
}

function describePartition(
  { image, endpoints }: Broker,
  partition: PartitionImage,
  { context, version }: KafkaCall,
): Topic["partitions"][number] {
  const leader = image.brokers.get(partition.leader);
  const isKnown = leader !== undefined && !leader.isFenced;
  const isReachable = isKnown && endpoints.of(leader, context) !== undefined;
  const missing = isKnown && version >= listenerVersion ? "LISTENER_NOT_FOUND" : "LEADER_NOT_AVAILABLE";
  return {
    errorCode: isReachable ? 0 : errorCodeOf(new MillraceError(missing)),
    partitionIndex: partition.index,
    leaderId: isReachable ? partition.leader : noBroker,
    leaderEpoch: partition.leaderEpoch,
    replicaNodes: partition.replicas,
    isrNodes: partition.isr,
    offlineReplicas: partition.replicas.filter((id) => image.brokers.get(id)?.isFenced ?? true),
  };
}
