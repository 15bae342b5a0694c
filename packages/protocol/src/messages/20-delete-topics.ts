import { MillraceError, zeroUuid } from "@millrace/vocabulary";
import { array, errorCode, int32, string, throttleTimeMs, topicId } from "../declaration/fields.ts";
import { type InputOf, oneShape, request, response } from "../declaration/message.ts";

const WireRequest = request("DeleteTopics", { key: 20, versions: "1-6", flexible: "4+" }).fields({
  topics: array({
    /** Null: named by its id. */
    name: string({ nullable: "6+", absent: null }),
    topicId: topicId(),
  }).with({ versions: "6+" }),
  topicNames: array(string(), { versions: "0-5", ignorable: true }),
  timeoutMs: int32(),
});

/** Deletes topics, from version 6 on by name or by id, before it by name. */
export const DeleteTopicsRequest = oneShape(WireRequest, {
  fromWire: ({ topics, topicNames, timeoutMs }, version) => ({
    topics: version >= 6 ? topics : topicNames.map((name) => ({ name, topicId: zeroUuid })),
    timeoutMs,
  }),
  toWire: ({ topics, timeoutMs }: DeleteTopics, version) =>
    version >= 6
      ? { topics, topicNames: [], timeoutMs }
      : { topics: [], topicNames: topics.map((topic) => nameOf(topic, version)), timeoutMs },
});

type DeleteTopics = Pick<InputOf<typeof WireRequest>, "topics" | "timeoutMs">;

function nameOf({ name, topicId: id }: DeleteTopics["topics"][number], version: number): string {
  if (name === null || name === undefined)
    throw new MillraceError("UNSUPPORTED_VERSION", { message: "DeleteTopics", version, topicId: id });
  return name;
}

export const DeleteTopicsResponse = response("DeleteTopics", { key: 20, versions: "1-6", flexible: "4+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  responses: array({
    /** Null: a topic asked for by an id that nobody knows, or that the client may not see. */
    name: string({ nullable: "6+" }),
    topicId: topicId({ versions: "6+", ignorable: true }),
    errorCode: errorCode(),
    errorMessage: string({ versions: "5+", nullable: "5+", absent: null, ignorable: true }),
  }),
});
