/** Partitions that one request may add to a topic, as in Kafka: they are one proposal, whole or not at all. */
export const partitionsPerRequestMax = 10_000;

/** Partitions of a topic: its list is copied with each change, 80 KiB of pointers at the bound. */
export const topicPartitionsMax = 10_000;

/** Partitions of the cluster: twice as many as is measured. Every broker holds an image of them, some 300 bytes each. */
export const clusterPartitionsMax = 200_000;

/** Records that are made, folded and encoded in one step of the event loop: 2 to 4 ms, and two such steps may fall together. */
export const recordsPerTurn = 500;

/** Changes of partitions in one proposal where a broker has more: each proposal costs a sync of the disk. */
export const changesPerProposal = 1_000;

/** What is proposed and not yet committed is held in memory; beyond this, decisions wait. */
export const proposedBytesMax: number = 8 * 1024 * 1024;

/** The text of one setting: the longest string of Kafka's protocol. */
export const settingLengthMax = 32_767;

/** Producer ids in one block, as in Kafka: 2^53 of them last for nine trillion blocks. */
export const producerIdsPerBlock = 1_000;

/** Listeners and features of one broker, and the length of the names and hosts in its registration: a host name has 253 characters. */
export const listenersMax = 64;
export const featuresMax = 64;
export const registrationTextMax = 255;
