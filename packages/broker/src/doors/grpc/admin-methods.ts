import type { Draft } from "@millrace/contracts";
import { Admin, type DescribeClusterResponse, type DrainBrokerRequest, type DrainBrokerResponse } from "@millrace/contracts/admin";
import type { BrokerImage, LevelRange } from "@millrace/metadata";
import type { PeerMethod } from "@millrace/runtime";
import type { RequestContext } from "@millrace/security";
import { BrokerId } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { configMethods } from "./config-methods.ts";
import { quorumMethods } from "./quorum-methods.ts";
import { topicMethods } from "./topic-methods.ts";
import type { GrpcCall, Unary } from "./unary.ts";

/** What operators ask. */
export function adminMethods(broker: Broker, unary: Unary): PeerMethod[] {
  return [
    ...topicMethods(broker, unary),
    ...configMethods(broker, unary),
    ...quorumMethods(broker, unary),
    unary(Admin.describeCluster, { resource: "none", access: "describe", quota: "request" }, (_, { context }) =>
      describeCluster(broker, context),
    ),
    unary(Admin.drainBroker, { resource: "cluster", access: "alter", quota: "controller_mutation" }, (request, call) =>
      drainBroker(broker, request, call),
    ),
  ];
}

function describeCluster({ image, endpoints, clusterId, controller }: Broker, context: RequestContext): Draft<DescribeClusterResponse> {
  return {
    clusterId,
    controller: controller.activeController,
    brokers: [...image.brokers.values()].flatMap((each) => {
      const address = endpoints.of(each, context);
      return address === undefined
        ? []
        : [{ id: each.id, host: address.host, port: address.port, rack: each.rack ?? "", fenced: each.isFenced }];
    }),
    features: Object.fromEntries(image.features),
    levels: Object.fromEntries(levelsOfAll(image.brokers.values())),
  };
}

/** Of each feature, the levels that every broker knows which knows any. */
function levelsOfAll(brokers: Iterable<BrokerImage>): Map<string, LevelRange> {
  const all = new Map<string, LevelRange>();
  for (const { features } of brokers)
    for (const [feature, { min, max }] of features) {
      const so = all.get(feature) ?? { min, max };
      all.set(feature, { min: Math.max(so.min, min), max: Math.min(so.max, max) });
    }
  return all;
}

async function drainBroker(
  { controller }: Broker,
  { broker }: DrainBrokerRequest,
  { guard }: GrpcCall,
): Promise<Draft<DrainBrokerResponse>> {
  guard.checkCluster();
  guard.charge(1);
  const kept = await controller.drainBroker(BrokerId(broker));
  return { kept: kept.map(({ topic, index }) => ({ topic, partition: index })) };
}
