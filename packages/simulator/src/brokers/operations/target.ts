import { codeOfWire, type ErrorCode } from "@millrace/vocabulary";
import type { Client } from "../clients/client.ts";
import type { PartitionModel } from "../model/partition-model.ts";
import type { TopicModel } from "../model/topic-model.ts";
import { holds } from "../../violation.ts";

/** One partition of a topic that stands. */
export interface Target {
  readonly topic: TopicModel;
  readonly partition: PartitionModel;
}

/** One of the partitions that stand; undefined where there is none. */
export function drawTarget({ stage, chance }: Client): Target | undefined {
  const { standing } = stage.model;
  if (standing.length === 0) return undefined;
  const topic = chance.pick(standing);
  return { topic, partition: chance.pick(topic.partitions) };
}

/** The name behind an error's number; that a broker met a bug of its own is nothing a client may be told. */
export function answered(wire: number, operation: string): ErrorCode {
  const code = codeOfWire(wire);
  holds(code !== "UNKNOWN_SERVER_ERROR", "bug", { operation, code });
  return code;
}
