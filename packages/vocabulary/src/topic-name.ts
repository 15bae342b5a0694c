/** Kafka's limit: a name with the suffix of a partition must fit a file name of 255 bytes. */
const lengthMax = 249;

/** Committed offsets and group state. */
export const offsetsTopic = "__consumer_offsets";
/** State of transactions. */
export const transactionsTopic = "__transaction_state";

const internalTopics: ReadonlySet<string> = new Set([offsetsTopic, transactionsTopic]);

/** Whether only the cluster itself writes to this topic. */
export function isInternalTopic(name: string): boolean {
  return internalTopics.has(name);
}

/** Says what is wrong with a topic's name, in words for whoever sent it; undefined where nothing is. */
export function topicNameFault(name: string): string | undefined {
  if (name.length === 0) return "a topic name may not be empty";
  if (name === "." || name === "..") return `a topic name may not be "${name}"`;
  if (name.length > lengthMax) return `a topic name may have ${lengthMax} characters, this one has ${name.length}`;
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) return `a topic name may hold only a-z A-Z 0-9 . _ -, not ${JSON.stringify(name)}`;
  return undefined;
}

/** Topics whose keys are equal share the names of their metrics, so Kafka lets only one of them exist. */
export function topicCollisionKey(name: string): string {
  return name.replaceAll(".", "_");
}
