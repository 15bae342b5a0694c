import { type Authorizer, anonymous, type RequestContext, unlimitedQuotas } from "@millrace/security";
import { describe, expect, test } from "vitest";
import type { Broker } from "../src/broker.ts";
import { configsHandlers } from "../src/doors/kafka/handlers/configs.ts";
import { Guard, type Guarded } from "../src/guard.ts";

const nowhere = { host: "", port: 0 };
const context: RequestContext = {
  door: "kafka",
  principal: anonymous,
  listener: "PLAINTEXT",
  clientId: "",
  remote: nowhere,
  local: nowhere,
  deadlineMs: undefined,
};
/** Whoever may do everything to every topic, and nothing else. */
const topicsOnly: Authorizer = { allows: (_, __, { type }) => type === "topic" };

function guarded(declared: Guarded): Guard {
  return new Guard(declared, { authorizer: topicsOnly, quotas: unlimitedQuotas }, context);
}

test("the cluster is asked about as the cluster, whatever the request declares: a topic of its name gives no right to it", () => {
  const guard = guarded({ resource: "topic", access: "alter_configs", quota: "controller_mutation" });
  expect(guard.allows("kafka-cluster")).toBe(true);
  expect(guard.allowsCluster()).toBe(false);
  expect(() => guard.checkCluster()).toThrow(expect.objectContaining({ code: "CLUSTER_AUTHORIZATION_FAILED" }));
});

describe("configuration, for whoever has rights to topics alone", () => {
  const image = { topics: { all: () => [{ name: "orders" }] }, brokers: new Map([[1, {}]]) };
  const handlers = configsHandlers({ image } as never as Broker);
  const ask = (name: string, request: object) => {
    const { guarded: declared, handle } = handlers.find((handler) => handler.name === name)!;
    return handle(request as never, { version: 1, context, guard: guarded(declared), signal: new AbortController().signal });
  };

  test("the resources of the cluster are not listed", () => {
    expect(ask("ListConfigResources", { resourceTypes: [] })).toMatchObject({ errorCode: 31, configResources: [] });
  });

  test("a broker's is not described", () => {
    const resources = [{ resourceType: 4, resourceName: "1", configurationKeys: null }];
    const answer = ask("DescribeConfigs", { resources, includeSynonyms: false, includeDocumentation: false });
    expect(answer).toMatchObject({ results: [{ errorCode: 31, configs: [] }] });
  });
});
