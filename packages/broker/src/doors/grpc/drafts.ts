import { type Draft, failureOf } from "@millrace/contracts";
import type { Failure } from "@millrace/contracts/failure";
import type { Leader } from "@millrace/contracts/log";
import type { RequestContext } from "@millrace/security";
import { type BrokerId, isUuid, MillraceError, TopicId, uuidFromBytes, zeroUuid } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import type { TopicRef } from "../../operations/locate.ts";

/** The failure of an entry; undefined where it went well. Bugs are thrown on. */
export function failureDraft(error: unknown): Failure | undefined {
  if (error === undefined) return undefined;
  if (error instanceof MillraceError) return failureOf(error);
  throw error;
}

/** What an entry came to: its value, or why there is none. */
export async function attempt<Value>(run: () => Value | Promise<Value>): Promise<Value | MillraceError> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
}

/** How a message names a topic: by its 16 bytes or, where there are none, by name. INVALID_REQUEST for other lengths. */
export function topicRef(name: string, id: Buffer): TopicRef {
  if (id.length === 0) return { name };
  if (id.length !== 16) throw new MillraceError("INVALID_REQUEST", { topicIdBytes: id.length, expected: 16 });
  const uuid = uuidFromBytes(id);
  return { id: isUuid(uuid) ? TopicId(uuid) : zeroUuid };
}

/** The leader that an error about leadership names, with its address. */
export function leaderDraft(broker: Broker, context: RequestContext, error: MillraceError | undefined): Draft<Leader> | undefined {
  if (error?.code !== "NOT_LEADER_OR_FOLLOWER" && error?.code !== "FENCED_LEADER_EPOCH") return undefined;
  const { leader, leaderEpoch } = error.facts as { leader?: BrokerId; leaderEpoch?: number };
  const image = leader === undefined ? undefined : broker.image.brokers.get(leader);
  const address = image === undefined ? undefined : broker.endpoints.of(image, context);
  return address === undefined ? undefined : { broker: address.id, leaderEpoch: leaderEpoch ?? -1, host: address.host, port: address.port };
}
