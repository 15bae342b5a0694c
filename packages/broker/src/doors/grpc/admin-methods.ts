import type { Draft } from "@millrace/contracts";
import { Admin, type DescribeClusterResponse } from "@millrace/contracts/admin";
import type { PeerMethod } from "@millrace/runtime";
import type { RequestContext } from "@millrace/security";
import type { Broker } from "../../broker.ts";
import { configMethods } from "./config-methods.ts";
import { quorumMethods } from "./quorum-methods.ts";
import { topicMethods } from "./topic-methods.ts";
import type { Unary } from "./unary.ts";

/** What operators ask. */
export function adminMethods(broker: Broker, unary: Unary): PeerMethod[] {
  return [
    ...topicMethods(broker, unary),
    ...configMethods(broker, unary),
    ...quorumMethods(broker, unary),
    unary(Admin.describeCluster, { resource: "none", access: "describe", quota: "request" }, (_, { context }) =>
      describeCluster(broker, context),
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
  };
}
