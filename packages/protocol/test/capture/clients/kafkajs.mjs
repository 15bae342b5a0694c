// kafkajs 2.2.4: only versions without compact lengths.
import kafkajs from "kafkajs";

const { CompressionTypes, Kafka, logLevel } = kafkajs;
const topic = "captured-kafkajs";
const kafka = new Kafka({ clientId: "captured-kafkajs", brokers: [process.env.BOOTSTRAP], logLevel: logLevel.NOTHING });
const admin = kafka.admin();
await admin.connect();
await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] });
await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
await admin.fetchTopicMetadata({ topics: [topic] });
await admin.describeConfigs({ resources: [{ type: 2, name: topic, configNames: ["retention.ms"] }], includeSynonyms: true });
await admin.alterConfigs({ resources: [{ type: 2, name: topic, configEntries: [{ name: "retention.ms", value: "3600000" }] }] });

const producer = kafka.producer({ idempotent: true });
await producer.connect();
for (const compression of [CompressionTypes.None, CompressionTypes.GZIP])
  await producer.send({ topic, acks: -1, compression, messages: [{ key: "k", value: "v", headers: { trace: "1" } }, { value: "w" }] });
await producer.disconnect();
const careless = kafka.producer();
await careless.connect();
await careless.send({ topic, acks: 0, messages: [{ value: "zero" }] });
await careless.send({ topic, acks: 1, messages: [{ value: "one" }] });
await careless.disconnect();

const consumer = kafka.consumer({ groupId: "captured-kafkajs-group" });
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
let seen = 0;
await new Promise((resolve) => consumer.run({ eachMessage: async () => void (++seen === 4 && resolve()) }));
await consumer.commitOffsets([{ topic, partition: 0, offset: "1" }]);
await admin.describeGroups(["captured-kafkajs-group"]);
await consumer.disconnect();
await admin.listGroups();
await admin.fetchOffsets({ groupId: "captured-kafkajs-group", topics: [topic] });
await admin.fetchTopicOffsets(topic);
await admin.fetchTopicOffsetsByTimestamp(topic, 0);
await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: "0" }] });
await admin.deleteGroups(["captured-kafkajs-group"]);
await admin.deleteTopics({ topics: [topic] });
await admin.disconnect();
