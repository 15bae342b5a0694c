import type { ErrorCode, MillraceError } from "@millrace/vocabulary";

const byCode: Partial<Record<ErrorCode, string>> = {
  CONNECTION_FAILED: "start a cluster with millrace up, or name one with --bootstrap-server HOST:PORT",
  REQUEST_TIMED_OUT: "give it longer with --timeout, or let millrace doctor look",
  TOPIC_ALREADY_EXISTS: "--if-not-exists lets that pass",
  INVALID_REPLICATION_FACTOR: "millrace cluster status shows how many brokers there are",
  NON_EMPTY_GROUP: "stop its consumers first; millrace group describe shows them",
  UNKNOWN_MEMBER_ID: "stop the group's consumers first; millrace group describe shows them",
  TOPIC_DELETION_DISABLED: "start the brokers with delete.topic.enable=true",
  MESSAGE_TOO_LARGE: "divide it, or raise the topic's bound: millrace topic alter TOPIC -c max.message.bytes=BYTES",
  INVALID_UPDATE_VERSION: "millrace cluster feature list shows the levels that every broker knows",
  NOT_ENOUGH_REPLICAS: "millrace topic describe shows which replicas are missing",
  CLUSTER_AUTHORIZATION_FAILED: "ask whoever runs the cluster",
};

/** Commands that show which names there are. */
const listings: Partial<Record<ErrorCode, string>> = {
  UNKNOWN_TOPIC_OR_PARTITION: "millrace topic list",
  GROUP_ID_NOT_FOUND: "millrace group list",
};

/** What to do next, in half a sentence; undefined where the error says it already. */
export function adviceOn({ code, facts }: MillraceError): string | undefined {
  if (typeof facts["nearest"] === "string") return `did you mean ${facts["nearest"]}?`;
  const listing = listings[code];
  return listing === undefined ? byCode[code] : `${listing} shows what there is`;
}
