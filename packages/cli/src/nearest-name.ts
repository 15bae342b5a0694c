import type { Mill } from "@millrace/client";
import { MillraceError, nearest, secondMs } from "@millrace/vocabulary";
import { within } from "./time-limit.ts";

/** A guess is worth waiting this long. */
const guessTimeoutMs: number = 2 * secondMs;

/** The error; where it says that a topic or group does not exist, with the fact `nearest`: the name that was probably meant. */
export async function withNearestName(mill: Mill, error: MillraceError): Promise<MillraceError> {
  try {
    const name = await within(guessTimeoutMs, guess(mill, error));
    return name === undefined ? error : new MillraceError(error.code, { ...error.facts, nearest: name }, { cause: error });
  } catch {
    return error; // the error itself says more than why nothing could be guessed
  }
}

async function guess(mill: Mill, { code, facts: { topic, groupId, partition } }: MillraceError): Promise<string | undefined> {
  if (code === "UNKNOWN_TOPIC_OR_PARTITION" && typeof topic === "string" && partition === undefined) {
    const topics = await mill.admin.topics.list({ includeInternal: topic.startsWith("_") });
    return nearest(
      topic,
      topics.map(({ name }) => name),
    );
  }
  if (code === "GROUP_ID_NOT_FOUND" && typeof groupId === "string") {
    const groups = await mill.admin.groups.list();
    return nearest(
      groupId,
      groups.map((group) => group.groupId),
    );
  }
  return undefined;
}
