/** What a request means, and the doors it comes through. */

export { Broker } from "./broker.ts";
export type { BrokerParts } from "./broker.ts";
export { grpcMethods } from "./doors/grpc/door.ts";
export { HttpDoor } from "./doors/http/door.ts";
export type { HttpRequest, HttpResponse } from "./doors/http/door.ts";
export { KafkaDoor } from "./doors/kafka/door.ts";
export { followGroupShards } from "./group-shards.ts";

// For tests of what every door declares.
export type { Guards } from "./guard.ts";
