import type { FeatureUpdate, MemberDescription, QuorumDescription } from "@millrace/controller";
import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { BrokerId, LeaderEpoch, MillraceError, noBroker, Offset, zeroUuid } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { errorFields, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";

/** What Kafka calls the log that controllers agree on. It has one partition. */
const metadataTopic = "__cluster_metadata";

/** The controllers that agree on the metadata, and the levels that the cluster has finalised. */
export function quorumHandlers(broker: Broker): KafkaHandler<any>[] {
  const change = { resource: "cluster", access: "alter", quota: "controller_mutation" } as const;
  return [
    handler("DescribeQuorum", { resource: "cluster", access: "describe", quota: "request" }, (request, call) =>
      describe(broker, request, call),
    ),
    handler("AddRaftVoter", change, (request, call) => refusable(call, () => add(broker, request))),
    handler("RemoveRaftVoter", change, (request, call) => refusable(call, () => remove(broker, request))),
    handler("UpdateFeatures", change, (request, call) => updateFeatures(broker, request, call)),
  ];
}

type Described = ResponseOf<"DescribeQuorum">;
type DescribedPartition = Described["topics"][number]["partitions"][number];

async function describe(
  { controller }: Broker,
  { topics }: RequestOf<"DescribeQuorum">,
  { guard, version }: KafkaCall,
): Promise<ResponseOf<"DescribeQuorum">> {
  try {
    guard.checkCluster();
    const [topic, ...others] = topics;
    const isMetadata = others.length === 0 && topic?.topicName === metadataTopic && topic.partitions.length === 1;
    if (!isMetadata || topic.partitions[0]!.partitionIndex !== 0) return unknownPartitions(topics);
    const quorum = await controller.quorum.describe();
    const partitions = [describedPartition(quorum, version)];
    const nodes = version >= directoryVersion ? nodesOf(quorum) : [];
    return { errorCode: 0, errorMessage: "", topics: [{ topicName: metadataTopic, partitions }], nodes };
  } catch (error) {
    return { ...errorFields(expectMillraceError(error)), topics: [], nodes: [] };
  }
}

/** From here on voters are nodes and directories, and their addresses are told (KIP-853). */
const directoryVersion = 2;

function describedPartition({ leader, term, committedEnd, voters, observers }: QuorumDescription, version: number): DescribedPartition {
  const replica = (member: MemberDescription) =>
    version >= directoryVersion ? replicaOf(member) : { ...replicaOf(member), replicaDirectoryId: zeroUuid };
  return {
    partitionIndex: 0,
    errorCode: 0,
    errorMessage: "",
    leaderId: leader?.nodeId ?? noBroker,
    leaderEpoch: LeaderEpoch(term),
    highWatermark: committedEnd,
    currentVoters: voters.map(replica),
    observers: observers.map(replica),
  };
}

function replicaOf({ nodeId, directoryId, logEnd, lastFetchMs, lastCaughtUpMs }: MemberDescription) {
  return {
    replicaId: nodeId,
    replicaDirectoryId: directoryId,
    logEndOffset: logEnd ?? Offset(-1),
    lastFetchTimestamp: lastFetchMs ?? -1,
    lastCaughtUpTimestamp: lastCaughtUpMs ?? -1,
  };
}

function nodesOf({ voters, observers }: QuorumDescription): Described["nodes"] {
  return [...voters, ...observers].map(({ nodeId, listeners }) => ({ nodeId, listeners: [...listeners] }));
}

/** Every partition that is not the metadata's, and the metadata's too where others are asked for beside it, as in Kafka. */
function unknownPartitions(topics: RequestOf<"DescribeQuorum">["topics"]): Described {
  const nothing = {
    ...errorFields(new MillraceError("UNKNOWN_TOPIC_OR_PARTITION")),
    leaderId: BrokerId(0),
    leaderEpoch: LeaderEpoch(0),
    highWatermark: Offset(0),
    currentVoters: [],
    observers: [],
  };
  return {
    errorCode: 0,
    errorMessage: "",
    topics: topics.map(({ topicName, partitions }) => ({
      topicName,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, ...nothing })),
    })),
    nodes: [],
  };
}

/** A change to the cluster that is answered with an error, or with none. */
async function refusable({ guard }: KafkaCall, act: () => Promise<void>) {
  try {
    guard.checkCluster();
    guard.charge(1);
    await act();
    return errorFields(undefined);
  } catch (error) {
    return errorFields(expectMillraceError(error));
  }
}

async function add(broker: Broker, request: RequestOf<"AddRaftVoter">): Promise<void> {
  checkVoter(broker, request);
  const { voterId, voterDirectoryId, listeners, timeoutMs } = request;
  const [wanted] = broker.configuration.get("controller.listener.names");
  const listener = listeners.find(({ name }) => name === wanted);
  if (listener === undefined) throw new MillraceError("INVALID_REQUEST", { voterId, reason: `it needs a listener ${wanted}` });
  const { host, port } = listener;
  await broker.controller.quorum.addVoter({ id: voterId, directoryId: voterDirectoryId, address: { host, port } }, { timeoutMs });
}

async function remove(broker: Broker, request: RequestOf<"RemoveRaftVoter">): Promise<void> {
  checkVoter(broker, request);
  await broker.controller.quorum.removeVoter(request.voterId, request.voterDirectoryId);
}

function checkVoter(
  { clusterId }: Broker,
  { clusterId: given, voterId, voterDirectoryId }: Pick<RequestOf<"RemoveRaftVoter">, "clusterId" | "voterId" | "voterDirectoryId">,
): void {
  if (given !== null && given !== clusterId) throw new MillraceError("INCONSISTENT_CLUSTER_ID", { clusterId, given });
  if (voterId < 0 || voterDirectoryId === zeroUuid)
    throw new MillraceError("INVALID_REQUEST", { voterId, voterDirectoryId, reason: "a voter is its number and its directory" });
}

/** All are updated, or none: one error stands for all. */
async function updateFeatures(
  { controller }: Broker,
  { featureUpdates, validateOnly }: RequestOf<"UpdateFeatures">,
  { guard, version }: KafkaCall,
): Promise<ResponseOf<"UpdateFeatures">> {
  try {
    guard.checkCluster();
    guard.charge(featureUpdates.length);
    const updates = featureUpdates.map(({ feature, maxVersionLevel }): FeatureUpdate => ({ feature, level: maxVersionLevel }));
    await controller.updateFeatures(updates, { validateOnly });
    const results = featureUpdates.map(({ feature }) => ({ feature, ...errorFields(undefined) }));
    return { ...errorFields(undefined), results: version < resultlessVersion ? results : [] };
  } catch (error) {
    return { ...errorFields(expectMillraceError(error)), results: [] };
  }
}

/** From here on an answer names no feature. */
const resultlessVersion = 2;
