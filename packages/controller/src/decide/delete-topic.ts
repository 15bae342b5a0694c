import { MillraceError, type TopicId } from "@millrace/vocabulary";
import type { Decision, Surroundings } from "./decision.ts";

/** A topic ends. Refuses as `deleteTopics` says. */
export function decideDeleteTopic({ image, configuration }: Surroundings, topicId: TopicId): Decision<undefined> {
  if (!configuration.get("delete.topic.enable")) throw new MillraceError("TOPIC_DELETION_DISABLED");
  if (image.topics.byId(topicId) === undefined) throw new MillraceError("UNKNOWN_TOPIC_ID", { topicId });
  return { records: [{ type: "RemoveTopic", topicId }], reply: undefined };
}
