import type { Client } from "../clients/client.ts";
import { commitOffset, fetchCommit } from "./commits.ts";
import { fetch } from "./fetch.ts";
import { deleteRecords, listOffsets } from "./offsets.ts";
import { produce, produceIdempotently, replay } from "./produce.ts";
import { produceAhead } from "./produce-ahead.ts";
import { describeSetting, setSetting } from "./settings.ts";
import { createTopic, deleteTopic, listTopics } from "./topics.ts";

/** Everything that clients of a broker do. */
export const operations = {
  "create topic": createTopic,
  "delete topic": deleteTopic,
  "list topics": listTopics,
  produce,
  "produce idempotently": produceIdempotently,
  replay,
  fetch,
  "list offsets": listOffsets,
  "delete records": deleteRecords,
  "set setting": setSetting,
  "describe setting": describeSetting,
  "commit offset": commitOffset,
  "fetch commit": fetchCommit,
  "produce ahead of time": produceAhead,
} as const satisfies Record<string, (client: Client) => Promise<void>>;

export type OperationName = keyof typeof operations;

export const operationNames: readonly OperationName[] = Object.keys(operations) as OperationName[];
