import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { batchHeaderBytes, BatchView } from "@millrace/records";
import { MillraceError } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { locatePartition } from "../../../operations/locate.ts";
import { nowhere, produce, type Produced, type ProduceTarget } from "../../../operations/produce.ts";
import { errorCodeOf, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";
import { LeaderHints } from "../leader-hints.ts";

/** The admin client's id, which Kafka lets write to internal topics. */
const internalClientId = "__admin_client";
/** The first version that may carry zstd. */
const zstdVersion = 7;
/** The first version that is told who leads instead. */
const hintsVersion = 10;
/** The first version whose clients understand TRANSACTION_ABORTABLE. */
const abortableVersion = 11;
/** The first version that names topics by id. */
const topicIdVersion = 13;

export function produceHandler(broker: Broker): KafkaHandler<"Produce"> {
  return handler("Produce", { resource: "topic", access: "write", quota: "produce" }, (request, call) => handle(broker, request, call));
}

type Request = RequestOf<"Produce">;

async function handle(broker: Broker, request: Request, call: KafkaCall): Promise<ResponseOf<"Produce"> | undefined> {
  const targets = targetsOf(request, call.version);
  const { acks } = request;
  const fault = faultOf(request, targets);
  const outcomes =
    fault === undefined
      ? await produceAll(broker, request, acks as -1 | 0 | 1, targets, call)
      : targets.map((target) => ({ error: placeFault(broker, target) ?? fault, ...nowhere }));
  if (acks !== 0) return respond(broker, request, outcomes, call);
  // Nobody answers acks=0: the client learns of an error by losing its connection.
  const failure = outcomes.find(({ error }) => error !== undefined)?.error;
  if (failure !== undefined) throw failure;
  return undefined;
}

function targetsOf({ topicData }: Request, version: number): ProduceTarget[] {
  const targets: ProduceTarget[] = [];
  for (const { name, topicId, partitionData } of topicData) {
    const topic = version >= topicIdVersion ? { id: topicId } : { name };
    for (const { index, records } of partitionData) targets.push({ topic, partition: index, batch: records });
  }
  return targets;
}

function produceAll(broker: Broker, request: Request, acks: -1 | 0 | 1, targets: ProduceTarget[], call: KafkaCall): Promise<Produced[]> {
  return new Promise((resolve, reject) => {
    const outcomes: Produced[] = [];
    let open = targets.length;
    if (open === 0) resolve(outcomes);
    const options = {
      acks,
      timeoutMs: request.timeoutMs,
      durability: "replicated" as const,
      allowsZstd: call.version >= zstdVersion,
      isInternal: call.context.clientId === internalClientId,
      transactionRefusal: call.version >= abortableVersion ? ("TRANSACTION_ABORTABLE" as const) : ("INVALID_TXN_STATE" as const),
      guard: call.guard,
      targets,
    };
    try {
      produce(broker, options, (index, outcome) => {
        outcomes[index] = outcome;
        if (--open === 0) resolve(outcomes);
      });
    } catch (error) {
      reject(error);
    }
  });
}

/** What is wrong with the request as a whole. */
function faultOf({ acks, transactionalId }: Request, targets: readonly ProduceTarget[]): MillraceError | undefined {
  if (transactionalId === null && targets.some(isTransactional))
    return new MillraceError("TRANSACTIONAL_ID_AUTHORIZATION_FAILED", { transactionalId });
  return acks === -1 || acks === 0 || acks === 1 ? undefined : new MillraceError("INVALID_REQUIRED_ACKS", { acks });
}

/** A partition that is not there is told before anything else. */
function placeFault({ image, replicas }: Broker, { topic, partition }: ProduceTarget): MillraceError | undefined {
  try {
    locatePartition({ image, replicas }, topic, partition);
    return undefined;
  } catch (error) {
    return expectMillraceError(error);
  }
}

function isTransactional({ batch }: ProduceTarget): boolean {
  return batch !== null && batch.length >= batchHeaderBytes && new BatchView(batch).isTransactional;
}

function respond(broker: Broker, request: Request, outcomes: readonly Produced[], call: KafkaCall): ResponseOf<"Produce"> {
  const hints = new LeaderHints(broker, call.context, call.version >= hintsVersion);
  let next = 0;
  const responses = request.topicData.map(({ name, topicId, partitionData }) => ({
    name,
    topicId,
    partitionResponses: partitionData.map(({ index }) => partitionResponse(index, outcomes[next++]!, hints)),
  }));
  return { responses, nodeEndpoints: hints.nodes() };
}

function partitionResponse(index: number, { error, baseOffset, logAppendTimeMs, logStart }: Produced, hints: LeaderHints) {
  const { recordErrors } = (error?.facts ?? {}) as { recordErrors?: readonly { index: number; message: string }[] };
  return {
    index,
    errorCode: errorCodeOf(error),
    baseOffset,
    logAppendTimeMs,
    logStartOffset: logStart,
    recordErrors: recordErrors?.map((record) => ({ batchIndex: record.index, batchIndexErrorMessage: record.message })) ?? [],
    errorMessage: error?.message ?? null,
    currentLeader: hints.leaderFor(error),
  };
}
