import { apis } from "@millrace/protocol";
import type { Broker } from "../../../broker.ts";
import type { FetchSessions } from "../fetch-sessions.ts";
import type { KafkaHandler } from "../handler.ts";
import { apiVersionsHandler } from "./api-versions.ts";
import { clusterHandlers } from "./cluster.ts";
import { configsHandlers } from "./configs.ts";
import { fetchHandler } from "./fetch.ts";
import { findCoordinatorHandler } from "./find-coordinator.ts";
import { groupAdminHandlers } from "./group-admin.ts";
import { groupMembershipHandlers } from "./group-membership.ts";
import { groupOffsetsHandlers } from "./group-offsets.ts";
import { initProducerIdHandler } from "./init-producer-id.ts";
import { listOffsetsHandler } from "./list-offsets.ts";
import { metadataHandler } from "./metadata.ts";
import { partitionsHandlers } from "./partitions.ts";
import { produceHandler } from "./produce.ts";
import { quorumHandlers } from "./quorum.ts";
import { replicasHandlers } from "./replicas.ts";
import { topicsHandlers } from "./topics.ts";

/** Every handler by its API's key. */
export function kafkaHandlers(broker: Broker, fetchSessions: FetchSessions): Map<number, KafkaHandler<any>> {
  const handlers: KafkaHandler<any>[] = [
    apiVersionsHandler(broker),
    produceHandler(broker),
    fetchHandler(broker, fetchSessions),
    listOffsetsHandler(broker),
    metadataHandler(broker),
    initProducerIdHandler(broker),
    findCoordinatorHandler(broker),
    ...groupMembershipHandlers(broker),
    ...groupOffsetsHandlers(broker),
    ...groupAdminHandlers(broker),
    ...topicsHandlers(broker),
    ...configsHandlers(broker),
    ...partitionsHandlers(broker),
    ...replicasHandlers(broker),
    ...clusterHandlers(broker),
    ...quorumHandlers(broker),
  ];
  return new Map(handlers.map((handler) => [apis[handler.name as keyof typeof apis].key, handler]));
}
