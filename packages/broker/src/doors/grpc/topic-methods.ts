import type { Draft } from "@millrace/contracts";
import {
  Admin,
  type AlterConfigsRequest,
  type ConfigResource as ConfigResourceMessage,
  type NewTopic as NewTopicMessage,
  type Replicas,
  type TopicDescription,
} from "@millrace/contracts/admin";
import type { ConfigChange, ConfigOperation, NewTopic } from "@millrace/controller";
import type { TopicImage } from "@millrace/metadata";
import type { PeerMethod } from "@millrace/runtime";
import { BrokerId, MillraceError, noBroker, Offset, uuidToBytes } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { brokerResource, type ConfigResource, describeConfigs } from "../../operations/configs.ts";
import { deleteRecords } from "../../operations/delete-records.ts";
import { locateTopic } from "../../operations/locate.ts";
import { attempt, failureDraft, topicRef } from "./drafts.ts";
import type { GrpcCall, Unary } from "./unary.ts";

/** `ConfigVerb` of admin.proto, by number. */
const verbs: readonly ConfigOperation["operation"][] = ["set", "delete", "append", "subtract"];
/** `ConfigScope` of admin.proto, by number. */
const clusterScope = 0;
const topicScope = 1;

/** What operators ask. */
export function adminMethods(broker: Broker, unary: Unary): PeerMethod[] {
  const mutation = { resource: "topic", quota: "controller_mutation" } as const;
  return [
    unary(Admin.createTopics, { ...mutation, access: "create" }, async ({ topics, validateOnly }, { guard }) => {
      for (const { name } of topics) guard.check(name);
      guard.charge(topics.length);
      const results = await broker.topics.create(topics.map(newTopic), { validateOnly });
      return {
        topics: results.map((result, index) =>
          result instanceof MillraceError
            ? { failure: failureDraft(result), name: topics[index]!.name }
            : { name: result.name, id: uuidToBytes(result.id), partitions: result.partitions, replicationFactor: result.replicationFactor },
        ),
      };
    }),

    unary(Admin.listTopics, { resource: "topic", access: "describe", quota: "request" }, ({ includeInternal }, { guard }) => ({
      topics: [...broker.image.topics.all()]
        .filter((topic) => (includeInternal || !topic.isInternal) && guard.allows(topic.name))
        .map(({ name, id, isInternal, partitions }) => ({
          name,
          id: uuidToBytes(id),
          internal: isInternal,
          partitions: partitions.length,
          replicationFactor: partitions[0]?.replicas.length ?? 0,
        })),
    })),

    unary(Admin.describeTopics, { resource: "topic", access: "describe", quota: "request" }, async ({ topics }, { guard }) => {
      const described = topics.map(async ({ name, id }): Promise<Draft<TopicDescription>> => {
        const topic = await attempt(() => locateTopic(broker.image, topicRef(name, id)));
        if (topic instanceof MillraceError) return { failure: failureDraft(topic), name, id };
        guard.check(topic.name);
        return topicDraft(topic);
      });
      return { topics: await Promise.all(described) };
    }),

    unary(Admin.deleteTopics, { ...mutation, access: "delete" }, async ({ topics }, { guard }) => {
      guard.charge(topics.length);
      const outcomes = topics.map(async ({ name, id }) => {
        const outcome = await attempt(() => deleteTopic(broker, locateTopic(broker.image, topicRef(name, id)), guard));
        return { failure: failureDraft(outcome) };
      });
      return { outcomes: await Promise.all(outcomes) };
    }),

    unary(Admin.createPartitions, { ...mutation, access: "alter" }, async ({ topics, validateOnly }, { guard }) => {
      for (const { topic } of topics) guard.check(topic);
      guard.charge(topics.length);
      const requests = topics.map(({ topic, total, assignment }) => ({ topic, total, ...assignmentOf(assignment) }));
      const outcomes = await broker.controller.createPartitions(requests, { validateOnly });
      await broker.replicas.settled();
      return { outcomes: outcomes.map((outcome) => ({ failure: failureDraft(outcome) })) };
    }),

    unary(Admin.deleteRecords, { resource: "topic", access: "delete", quota: "request" }, async ({ partitions }, { guard }) => {
      const outcomes = partitions.map(async ({ topic, partition, beforeOffset }) => {
        guard.check(topic);
        const logStart = await attempt(() => deleteRecords(broker, topic, partition, Offset(beforeOffset ?? -1)));
        return logStart instanceof MillraceError ? { failure: failureDraft(logStart) } : { logStart };
      });
      return { partitions: await Promise.all(outcomes) };
    }),

    unary(Admin.describeConfigs, { resource: "topic", access: "describe_configs", quota: "request" }, async ({ queries }, call) => {
      const descriptions = queries.map(async ({ resource, keys }) => {
        const found = await attempt(() => describeConfigs(broker, resourceOf(resource, call)));
        if (found instanceof MillraceError) return { failure: failureDraft(found) };
        const wanted = found.filter(({ key }) => keys.length === 0 || keys.includes(key));
        return {
          entries: wanted.map(({ key, value, source, isReadOnly, kind, doc }) => ({
            key,
            value: value ?? undefined,
            source,
            readOnly: isReadOnly,
            type: kind.toUpperCase(),
            documentation: doc,
          })),
        };
      });
      return { descriptions: await Promise.all(descriptions) };
    }),

    unary(Admin.alterConfigs, { resource: "topic", access: "alter_configs", quota: "controller_mutation" }, async (request, call) => {
      const changes = await Promise.all(request.changes.map((change) => attempt(() => configChange(change, call))));
      const sound = changes.filter((change): change is ConfigChange => !(change instanceof MillraceError));
      call.guard.charge(sound.length);
      const outcomes = await broker.controller.alterConfigs(sound, { validateOnly: request.validateOnly });
      let next = 0;
      return {
        outcomes: changes.map((change) => ({ failure: failureDraft(change instanceof MillraceError ? change : outcomes[next++]) })),
      };
    }),

    unary(Admin.describeCluster, { resource: "none", access: "describe", quota: "request" }, (_, { context }) => ({
      clusterId: broker.clusterId,
      controller: broker.self,
      brokers: [...broker.image.brokers.values()].flatMap((each) => {
        const address = broker.endpoints.of(each, context);
        return address === undefined
          ? []
          : [{ id: each.id, host: address.host, port: address.port, rack: each.rack ?? "", fenced: each.isFenced }];
      }),
      features: Object.fromEntries(broker.image.features),
    })),
  ];
}

function newTopic({ name, partitions, replicationFactor, assignment, configs }: NewTopicMessage): NewTopic {
  return {
    name,
    partitions: partitions ?? -1,
    replicationFactor: replicationFactor ?? -1,
    overrides: new Map(Object.entries(configs)),
    ...assignmentOf(assignment),
  };
}

function assignmentOf(assignment: readonly Replicas[]): { assignment?: BrokerId[][] } {
  return assignment.length === 0 ? {} : { assignment: assignment.map(({ brokers }) => brokers.map((id) => BrokerId(id))) };
}

async function deleteTopic(broker: Broker, { id, name }: TopicImage, guard: GrpcCall["guard"]): Promise<undefined> {
  guard.check(name);
  if (!broker.configuration.get("delete.topic.enable")) throw new MillraceError("TOPIC_DELETION_DISABLED", { topic: name });
  const [error] = await broker.controller.deleteTopics([id]);
  if (error !== undefined) throw error;
}

function topicDraft({ id, name, isInternal, partitions, overrides }: TopicImage): Draft<TopicDescription> {
  return {
    name,
    id: uuidToBytes(id),
    internal: isInternal,
    partitions: partitions.map(({ index, leader, leaderEpoch, replicas, isr, eligibleLeaders }) => ({
      partition: index,
      leader: leader === noBroker ? undefined : leader,
      leaderEpoch,
      replicas: [...replicas],
      isr: [...isr],
      eligibleLeaders: [...eligibleLeaders],
    })),
    configs: Object.fromEntries(overrides),
  };
}

/** Whose configuration is meant, once the caller may touch it. */
function resourceOf(resource: ConfigResourceMessage | null, { guard }: GrpcCall): ConfigResource {
  const { scope, name } = resource ?? { scope: clusterScope, name: "" };
  if (scope === topicScope) {
    guard.check(name);
    return { type: "topic", name };
  }
  guard.checkCluster();
  return scope === clusterScope ? { type: "cluster" } : brokerResource(name);
}

function configChange({ resource, replace, operations }: AlterConfigsRequest["changes"][number], call: GrpcCall): ConfigChange {
  return {
    resource: resourceOf(resource, call),
    mode: replace ? "replace" : "merge",
    operations: operations.map(({ key, verb, value }) => {
      const operation = verbs[verb];
      if (operation === undefined) throw new MillraceError("INVALID_REQUEST", { key, verb });
      return { key, operation, value: operation === "delete" ? undefined : value };
    }),
  };
}
