import type { PeerMethod } from "@millrace/runtime";
import type { Broker } from "../../broker.ts";
import { adminMethods } from "./admin-methods.ts";
import { consumeMethod } from "./consume-stream.ts";
import { groupMethods } from "./group-methods.ts";
import { logMethods } from "./log-methods.ts";
import { produceMethod } from "./produce-stream.ts";
import { unaryMethods } from "./unary.ts";

/** The gRPC door: every method that a broker offers to clients on a listener. */
export function grpcMethods(broker: Broker, listener: string): PeerMethod[] {
  const unary = unaryMethods(broker, listener);
  return [
    produceMethod(broker, listener),
    consumeMethod(broker, listener),
    ...logMethods(broker, unary),
    ...adminMethods(broker, unary),
    ...groupMethods(broker, unary),
  ];
}
