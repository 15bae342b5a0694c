// @platformatic/kafka 2.12.1: the newest versions.
import { Admin, Consumer, Producer, stringDeserializers, stringSerializers } from "@platformatic/kafka";

const topic = "captured-platformatic";
const base = { clientId: "captured-platformatic", bootstrapBrokers: [process.env.BOOTSTRAP] };
const attempt = (promise) => promise.catch((error) => console.error(error.message));

const admin = new Admin(base);
await attempt(admin.createTopics({ topics: [topic], partitions: 2, replicas: 1 }));
await attempt(admin.listTopics());
const producer = new Producer({ ...base, idempotent: true, serializers: stringSerializers });
for (const compression of ["none", "gzip", "zstd"])
  await attempt(producer.send({ messages: [{ topic, key: "k", value: "v", headers: { trace: "1" } }], acks: -1, compression }));
await attempt(producer.close());
const careless = new Producer({ ...base, serializers: stringSerializers });
for (const acks of [0, 1]) await attempt(careless.send({ messages: [{ topic, value: String(acks) }], acks }));
await attempt(careless.close());

const consumer = new Consumer({ ...base, groupId: "captured-platformatic-group", deserializers: stringDeserializers });
const stream = await consumer.consume({ topics: [topic], mode: "earliest", autocommit: false, maxWaitTime: 500 });
let seen = 0;
for await (const message of stream) {
  await attempt(message.commit());
  if (++seen === 3) break;
}
await attempt(admin.describeGroups({ groups: ["captured-platformatic-group"] }));
await attempt(admin.listGroups());
await attempt(consumer.listOffsets({ topics: [topic] }));
await attempt(consumer.listCommittedOffsets({ topics: [{ topic, partitions: [0, 1] }] }));
await attempt(consumer.close(true));
await attempt(admin.deleteGroups({ groups: ["captured-platformatic-group"] }));
await attempt(admin.deleteTopics({ topics: [topic] }));
await admin.close();
