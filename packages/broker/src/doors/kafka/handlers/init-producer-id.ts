import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { MillraceError, noProducerId } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { errorCodeOf, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";

const noProducerEpoch = -1;

export function initProducerIdHandler(broker: Broker): KafkaHandler<"InitProducerId"> {
  return handler("InitProducerId", { resource: "cluster", access: "idempotent_write", quota: "request" }, (request, call) =>
    handle(broker, request, call),
  );
}

async function handle(
  broker: Broker,
  { transactionalId, producerId, producerEpoch }: RequestOf<"InitProducerId">,
  { guard }: KafkaCall,
): Promise<ResponseOf<"InitProducerId">> {
  try {
    guard.checkCluster();
    if (transactionalId === "") throw new MillraceError("INVALID_REQUEST", { transactionalId, reason: "empty" });
    if ((producerId === noProducerId) !== (producerEpoch === noProducerEpoch))
      throw new MillraceError("INVALID_REQUEST", { producerId, producerEpoch, reason: "both or none" });
    if (transactionalId !== null)
      throw new MillraceError("UNSUPPORTED_VERSION", { transactionalId, reason: "transactions are not served" });
    return { errorCode: 0, producerId: await broker.producerIds.take(), producerEpoch: 0 };
  } catch (error) {
    return { errorCode: errorCodeOf(expectMillraceError(error)), producerId: noProducerId, producerEpoch: noProducerEpoch };
  }
}
