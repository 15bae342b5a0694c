import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { MillraceError, noBroker } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { groupCoordinatorOf } from "../../../operations/coordinators.ts";
import { errorCodeOf, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";

const groupKeys = 0;
const transactionKeys = 1;
/** The first version that answers several keys, each with an empty message where all is well; before it Kafka writes the word NONE. */
const batchedVersion = 4;

export function findCoordinatorHandler(broker: Broker): KafkaHandler<"FindCoordinator"> {
  return handler("FindCoordinator", { resource: "group", access: "describe", quota: "request" }, (request, call) =>
    handle(broker, request, call),
  );
}

type Coordinator = ResponseOf<"FindCoordinator">["coordinators"][number];

function handle(
  broker: Broker,
  { keyType, coordinatorKeys }: RequestOf<"FindCoordinator">,
  call: KafkaCall,
): ResponseOf<"FindCoordinator"> {
  return { coordinators: coordinatorKeys.map((key) => find(broker, keyType, key, call)) };
}

function find(broker: Broker, keyType: number, key: string, { guard, context, version }: KafkaCall): Coordinator {
  try {
    if (keyType !== groupKeys && keyType !== transactionKeys) throw new MillraceError("INVALID_REQUEST", { keyType, served: groupKeys });
    if (keyType === transactionKeys) throw new MillraceError("UNSUPPORTED_VERSION", { keyType, served: groupKeys });
    guard.check(key);
    const address = broker.endpoints.of(groupCoordinatorOf(broker, key), context);
    if (address === undefined) throw new MillraceError("COORDINATOR_NOT_AVAILABLE", { listener: context.listener });
    return {
      key,
      nodeId: address.id,
      host: address.host,
      port: address.port,
      errorCode: 0,
      errorMessage: version < batchedVersion ? "NONE" : "",
    };
  } catch (error) {
    const known = expectMillraceError(error);
    return { key, nodeId: noBroker, host: "", port: -1, errorCode: errorCodeOf(known), errorMessage: known.message };
  }
}
