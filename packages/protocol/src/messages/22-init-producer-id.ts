import { bool, errorCode, int16, int32, producerId, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks for a producer id, or for the next epoch of a transactional id. Version 6 (KIP-939) is not stable in Kafka. */
export const InitProducerIdRequest = request("InitProducerId", { key: 22, versions: "0-6", flexible: "2+" }).fields({
  /** Null: an idempotent producer without transactions. */
  transactionalId: string({ nullable: "0+" }),
  /** After so long an open transaction is aborted. */
  transactionTimeoutMs: int32(),
  /** What the producer had, if it goes on after an error. -1: nothing. */
  producerId: producerId({ versions: "3+", absent: -1 }),
  producerEpoch: int16({ versions: "3+", absent: -1 }),
  enable2Pc: bool({ versions: "6+", absent: false }),
  keepPreparedTxn: bool({ versions: "6+", absent: false }),
});

export const InitProducerIdResponse = response("InitProducerId", { key: 22, versions: "0-6", flexible: "2+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  errorCode: errorCode(),
  producerId: producerId({ absent: -1 }),
  producerEpoch: int16(),
  /** Of the transaction that `keepPreparedTxn` kept. -1: none. */
  ongoingTxnProducerId: producerId({ versions: "6+", absent: -1 }),
  ongoingTxnProducerEpoch: int16({ versions: "6+", absent: -1 }),
});
