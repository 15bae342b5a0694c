import { array, bool, errorCode, int8, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks for configuration. From version 3 on keys come with their types and, if asked for, documentation. */
export const DescribeConfigsRequest = request("DescribeConfigs", { key: 32, versions: "1-4", flexible: "4+" }).fields({
  resources: array({
    /** One of `configResourceTypes`. */
    resourceType: int8(),
    /** A topic's name, or a broker's id in digits; the empty text: the defaults of all brokers. */
    resourceName: string(),
    /** Null: all keys. */
    configurationKeys: array(string(), { nullable: "0+" }),
  }),
  includeSynonyms: bool({ absent: false }),
  includeDocumentation: bool({ versions: "3+", absent: false }),
});

export const DescribeConfigsResponse = response("DescribeConfigs", { key: 32, versions: "1-4", flexible: "4+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  results: array({
    errorCode: errorCode(),
    errorMessage: string({ nullable: "0+" }),
    resourceType: int8(),
    resourceName: string(),
    configs: array({
      name: string(),
      /** Null: a sensitive value, or none. */
      value: string({ nullable: "0+" }),
      readOnly: bool(),
      /** One of `configSources`. */
      configSource: int8({ absent: -1 }),
      isSensitive: bool(),
      /** Where the value could come from, the effective one first; empty unless asked for. */
      synonyms: array({
        name: string(),
        value: string({ nullable: "0+" }),
        source: int8(),
      }).with({ absent: [] }),
      /** One of `configTypes`. */
      configType: int8({ versions: "3+", absent: 0, ignorable: true }),
      documentation: string({ versions: "3+", nullable: "3+", ignorable: true }),
    }),
  }),
});

/** Kafka's numbers for what has configuration. */
export const configResourceTypes = { unknown: 0, topic: 2, broker: 4, brokerLogger: 8, clientMetrics: 16, group: 32 } as const;

/** Kafka's numbers for where a value comes from. */
export const configSources = {
  unknown: 0,
  topic: 1,
  dynamicBroker: 2,
  dynamicDefaultBroker: 3,
  staticBroker: 4,
  default: 5,
  dynamicBrokerLogger: 6,
  clientMetrics: 7,
  group: 8,
} as const;

/** Kafka's numbers for the types of values. */
export const configTypes = {
  unknown: 0,
  boolean: 1,
  string: 2,
  int: 3,
  short: 4,
  long: 5,
  double: 6,
  list: 7,
  class: 8,
  password: 9,
} as const;
