import { int64Max } from "@millrace/vocabulary";
import type { Client } from "../clients/client.ts";
import { holds } from "../../violation.ts";
import { attemptOnce, drawBatch } from "./produce.ts";
import { drawTarget } from "./target.ts";

/** The year 2200, in milliseconds since 1970: further ahead than any topic of a run allows that has a bound at all, whatever clocks say. */
const timestamp = 7_258_118_400_000;

/** Sends a batch that is stamped with a time to come: retention would not take it away for as long, so that a topic may refuse it (KIP-937). */
export async function produceAhead(client: Client): Promise<void> {
  const target = drawTarget(client);
  if (target === undefined) return;
  const batch = drawBatch(client, target, -1, { timestamp });
  const attempt = await attemptOnce(client, batch, "produce ahead of time");
  if (attempt === "refused") batch.partition.refuse(batch.send);
  const isBounded = client.stage.plan.settings["log.message.timestamp.after.max.ms"] !== int64Max;
  holds(!isBounded || attempt !== "acknowledged", "A6", { partition: batch.partition.name, timestamp });
}
