import type { ConfigChange, ConfigOperation } from "@millrace/controller";
import { configOperations, configResourceTypes, type RequestOf, type ResponseOf } from "@millrace/protocol";
import { MillraceError, wireOf } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { brokerResource, type ConfigDescription, type ConfigResource, describeConfigs } from "../../../operations/configs.ts";
import { checkTopicName } from "../../../operations/locate.ts";
import { sourceNumber, typeNumber } from "../config-numbers.ts";
import { errorFields, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";

/** Looking at configuration and changing it. */
export function configsHandlers(broker: Broker): KafkaHandler<any>[] {
  const alteration = { resource: "topic", access: "alter_configs", quota: "controller_mutation" } as const;
  return [
    handler("DescribeConfigs", { resource: "topic", access: "describe_configs", quota: "request" }, (request, call) =>
      describe(broker, request, call),
    ),
    handler("AlterConfigs", alteration, (request, call) => alter(broker, request, call, replacement)),
    handler("IncrementalAlterConfigs", alteration, (request, call) => alter(broker, request, call, increment)),
    handler("ListConfigResources", { resource: "cluster", access: "describe_configs", quota: "request" }, (request, call) =>
      list(broker, request, call),
    ),
  ];
}

/** Whose configuration is meant. INVALID_TOPIC_EXCEPTION for a name that is none, INVALID_REQUEST for resources that have none here. */
function resourceOf(type: number, name: string): ConfigResource {
  if (type === configResourceTypes.topic) {
    checkTopicName(name);
    return { type: "topic", name };
  }
  if (type === configResourceTypes.broker) return brokerResource(name);
  throw new MillraceError("INVALID_REQUEST", { resourceType: type, served: [configResourceTypes.topic, configResourceTypes.broker] });
}

function check(resource: ConfigResource, { guard }: KafkaCall): void {
  if (resource.type === "topic") guard.check(resource.name);
  else guard.checkCluster();
}

type Describe = RequestOf<"DescribeConfigs">;
type DescribedResource = ResponseOf<"DescribeConfigs">["results"][number];

function describe(broker: Broker, request: Describe, call: KafkaCall): ResponseOf<"DescribeConfigs"> {
  return { results: request.resources.map((asked) => describeResource(broker, asked, request, call)) };
}

function describeResource(broker: Broker, asked: Describe["resources"][number], request: Describe, call: KafkaCall): DescribedResource {
  const { resourceType, resourceName, configurationKeys } = asked;
  try {
    const resource = resourceOf(resourceType, resourceName);
    check(resource, call);
    const isAll = configurationKeys === null || configurationKeys.length === 0;
    const keys = describeConfigs(broker, resource).filter(({ key }) => isAll || configurationKeys.includes(key));
    return { errorCode: 0, errorMessage: "", resourceType, resourceName, configs: keys.map((key) => describeKey(key, request)) };
  } catch (error) {
    return { ...errorFields(expectMillraceError(error)), resourceType, resourceName, configs: [] };
  }
}

function describeKey(key: ConfigDescription, { includeSynonyms, includeDocumentation }: Describe): DescribedResource["configs"][number] {
  return {
    name: key.key,
    value: key.value,
    readOnly: key.isReadOnly,
    configSource: sourceNumber(key.source),
    isSensitive: false,
    synonyms: includeSynonyms ? key.synonyms.map(({ key: name, value, source }) => ({ name, value, source: sourceNumber(source) })) : [],
    configType: typeNumber(key.kind),
    documentation: includeDocumentation ? key.doc : null,
  };
}

interface Alteration<Config> {
  readonly resources: readonly { readonly resourceType: number; readonly resourceName: string; readonly configs: readonly Config[] }[];
  readonly validateOnly: boolean;
}

/** How one version of the request turns a key into an operation. */
interface Reading<Config> {
  readonly mode: ConfigChange["mode"];
  readonly operationOf: (config: Config) => ConfigOperation;
}

interface Replaced {
  readonly name: string;
  readonly value: string | null;
}

const replacement: Reading<Replaced> = {
  mode: "replace",
  operationOf: ({ name, value }) => ({ key: name, operation: "set", value: value ?? undefined }),
};

const operations = new Map<number, ConfigOperation["operation"]>([
  [configOperations.set, "set"],
  [configOperations.delete, "delete"],
  [configOperations.append, "append"],
  [configOperations.subtract, "subtract"],
]);

const increment: Reading<Replaced & { readonly configOperation: number }> = {
  mode: "merge",
  operationOf({ name, configOperation, value }) {
    const operation = operations.get(configOperation);
    if (operation === undefined) throw new MillraceError("INVALID_REQUEST", { key: name, configOperation });
    return { key: name, operation, value: value ?? undefined };
  },
};

async function alter<Config>(broker: Broker, request: Alteration<Config>, call: KafkaCall, reading: Reading<Config>) {
  const changes = request.resources.map((asked): ConfigChange | MillraceError => {
    try {
      if (asked.resourceType === configResourceTypes.topic && asked.resourceName === "")
        throw new MillraceError("INVALID_REQUEST", { reason: "topics have no defaults of their own; the cluster has them" });
      const resource = resourceOf(asked.resourceType, asked.resourceName);
      check(resource, call);
      return { resource, mode: reading.mode, operations: asked.configs.map(reading.operationOf) };
    } catch (error) {
      return expectMillraceError(error);
    }
  });
  const sound = changes.filter((change): change is ConfigChange => !(change instanceof MillraceError));
  call.guard.charge(sound.length);
  const outcomes = await broker.controller.alterConfigs(sound, { validateOnly: request.validateOnly });
  let next = 0;
  const responses = changes.map((change, index) => {
    const { resourceType, resourceName } = request.resources[index]!;
    return { ...errorFields(change instanceof MillraceError ? change : outcomes[next++]), resourceType, resourceName };
  });
  return { responses };
}

function list(
  broker: Broker,
  { resourceTypes }: RequestOf<"ListConfigResources">,
  { guard, version }: KafkaCall,
): ResponseOf<"ListConfigResources"> {
  if (!guard.allowsCluster()) return { errorCode: wireOf("CLUSTER_AUTHORIZATION_FAILED"), configResources: [] };
  const { topic, broker: brokers, brokerLogger, clientMetrics, group } = configResourceTypes;
  const known = [topic, brokers, brokerLogger, clientMetrics, group];
  const wanted = version === 0 ? [clientMetrics] : resourceTypes.length === 0 ? known : [...new Set(resourceTypes)];
  const unknown = wanted.find((type) => !known.includes(type as (typeof known)[number]));
  if (unknown !== undefined) {
    return { ...errorFields(new MillraceError("UNSUPPORTED_VERSION", { resourceType: unknown, served: known })), configResources: [] };
  }
  const namesOf = (type: number): string[] => {
    if (type === topic) return [...broker.image.topics.all()].map(({ name }) => name);
    return type === brokers || type === brokerLogger ? [...broker.image.brokers.keys()].map(String) : [];
  };
  return {
    errorCode: 0,
    configResources: wanted.flatMap((type) => namesOf(type).map((resourceName) => ({ resourceName, resourceType: type }))),
  };
}
