import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { type MillraceError, noBroker, type TopicId, unknownLeaderEpoch } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { fetch, type Fetched } from "../../../operations/fetch.ts";
import { errorCodeOf, expectMillraceError } from "../error-codes.ts";
import type { SessionTarget } from "../fetch-session.ts";
import type { FetchContext, FetchSessions } from "../fetch-sessions.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";
import { LeaderHints } from "../leader-hints.ts";

/** The first version that names topics by id. */
const topicIdVersion = 13;
/** The first version that is told addresses of leaders. */
const hintsVersion = 16;
/** The first version whose clients can be told to read from a follower. */
const followersVersion = 11;
const readCommitted = 1;

export function fetchHandler(broker: Broker, sessions: FetchSessions): KafkaHandler<"Fetch"> {
  return handler("Fetch", { resource: "topic", access: "read", quota: "fetch" }, (request, call) =>
    handle(broker, sessions, request, call),
  );
}

type Request = RequestOf<"Fetch">;

async function handle(broker: Broker, sessions: FetchSessions, request: Request, call: KafkaCall): Promise<ResponseOf<"Fetch">> {
  const usesTopicIds = call.version >= topicIdVersion;
  let context: FetchContext;
  try {
    context = sessions.context({
      sessionId: request.sessionId,
      sessionEpoch: request.sessionEpoch,
      usesTopicIds,
      targets: targetsOf(request, usesTopicIds),
      forgotten: forgottenOf(request, usesTopicIds),
    });
  } catch (error) {
    return refused(expectMillraceError(error));
  }
  const answers = await fetch(
    broker,
    {
      waitMs: request.maxWaitMs,
      bytesMin: request.minBytes,
      bytesMax: Math.max(0, Math.min(request.maxBytes, broker.configuration.get("fetch.max.bytes"))),
      isolation: request.isolationLevel === readCommitted ? "read_committed" : "read_uncommitted",
      mayReadFollowers: call.version >= followersVersion,
      rack: request.rackId,
      targets: context.targets,
      guard: call.guard,
    },
    call.signal,
  );
  return respond(broker, context, answers, usesTopicIds, call);
}

function refused(error: MillraceError): ResponseOf<"Fetch"> {
  return { errorCode: errorCodeOf(error), sessionId: 0, responses: [] };
}

/** Of a partition that is named twice, what was said last counts. */
function targetsOf({ topics }: Request, usesTopicIds: boolean): SessionTarget[] {
  const targets = new Map<string, SessionTarget>();
  for (const { topic: name, topicId, partitions } of topics) {
    const topic = usesTopicIds ? { id: topicId } : { name };
    for (const asked of partitions) {
      const key = keyOf(usesTopicIds ? topicId : name, asked.partition);
      targets.set(key, {
        key,
        topic,
        partition: asked.partition,
        offset: asked.fetchOffset,
        bytesMax: Math.max(0, asked.partitionMaxBytes),
        currentLeaderEpoch: asked.currentLeaderEpoch < 0 ? unknownLeaderEpoch : asked.currentLeaderEpoch,
        lastFetchedEpoch: asked.lastFetchedEpoch,
      });
    }
  }
  return [...targets.values()];
}

function forgottenOf({ forgottenTopicsData }: Request, usesTopicIds: boolean): string[] {
  return forgottenTopicsData.flatMap(({ topic, topicId, partitions }) =>
    partitions.map((partition) => keyOf(usesTopicIds ? topicId : topic, partition)),
  );
}

function keyOf(topic: string, partition: number): string {
  return `${topic}:${partition}`;
}

function respond(
  broker: Broker,
  context: FetchContext,
  answers: readonly Fetched[],
  usesTopicIds: boolean,
  call: KafkaCall,
): ResponseOf<"Fetch"> {
  const hints = new LeaderHints(broker, call.context, call.version >= hintsVersion);
  const responses: { topic: string; topicId: TopicId; partitions: ReturnType<typeof partitionResponse>[] }[] = [];
  let lastTopic: string | undefined;
  for (const index of context.tell(answers)) {
    const { topic, partition } = context.targets[index]!;
    const name = "id" in topic ? topic.id : topic.name;
    if (name !== lastTopic)
      responses.push({ topic: usesTopicIds ? "" : name, topicId: ("id" in topic ? topic.id : "") as TopicId, partitions: [] });
    lastTopic = name;
    responses.at(-1)!.partitions.push(partitionResponse(partition, answers[index]!, hints));
  }
  return { errorCode: 0, sessionId: context.sessionId, responses, nodeEndpoints: hints.nodes() };
}

/** Where there is no partition, Kafka does not look at the isolation. */
function isMissing(error: MillraceError | undefined): boolean {
  return error?.code === "UNKNOWN_TOPIC_OR_PARTITION" || error?.code === "UNKNOWN_TOPIC_ID";
}

function partitionResponse(partitionIndex: number, answer: Fetched, hints: LeaderHints) {
  return {
    partitionIndex,
    errorCode: errorCodeOf(answer.error),
    highWatermark: answer.highWatermark,
    lastStableOffset: answer.lastStableOffset,
    logStartOffset: answer.logStart,
    divergingEpoch: answer.diverging,
    currentLeader: hints.leaderFor(answer.error),
    abortedTransactions: answer.abortedTransactions ?? (isMissing(answer.error) ? [] : null),
    preferredReadReplica: answer.preferredReplica ?? noBroker,
    records: answer.parts,
  };
}
