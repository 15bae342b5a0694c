"""confluent-kafka (librdkafka): what its administration, its producers and its consumers ask."""
import os

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, IsolationLevel, Producer, TopicPartition
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    OffsetSpec,
    ResourceType,
)

bootstrap = {"bootstrap.servers": os.environ["BOOTSTRAP"]}
topic = "captured-confluent"
group = "captured-confluent-group"
admin = AdminClient(bootstrap)


def wait(futures):
    for future in futures.values() if isinstance(futures, dict) else [futures]:
        try:
            future.result(20)
        except Exception as error:
            print(error)


wait(admin.create_topics([NewTopic(topic, 2, 1, config={"retention.ms": "3600000"})]))
wait(admin.create_topics([NewTopic(topic, 2, 1)]))
wait(admin.create_partitions([NewPartitions(topic, 3)]))
wait(admin.describe_configs([ConfigResource(ResourceType.TOPIC, topic), ConfigResource(ResourceType.TOPIC, "captured-none")]))
entry = ConfigEntry("retention.ms", "7200000", incremental_operation=AlterConfigOpType.SET)
wait(admin.incremental_alter_configs([ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])]))
wait(admin.alter_configs([ConfigResource(ResourceType.TOPIC, topic, set_config={"retention.ms": "7200000"})]))

producer = Producer({**bootstrap, "enable.idempotence": True, "compression.type": "lz4"})
for index in range(20):
    producer.produce(topic, key=str(index), value="value %d" % index, headers={"trace": b"1"})
producer.flush(20)
transactional = Producer({**bootstrap, "transactional.id": "captured-transaction"})
transactional.init_transactions(20)
transactional.begin_transaction()
transactional.produce(topic, "in a transaction")
transactional.abort_transaction(20)

settings = {**bootstrap, "group.id": group, "auto.offset.reset": "earliest", "enable.auto.commit": False}
for instance in [{}, {"group.instance.id": "captured-instance"}]:
    consumer = Consumer({**settings, **instance})
    consumer.subscribe([topic])
    for _ in range(5):
        consumer.poll(10)
    consumer.commit(asynchronous=False)
    consumer.committed([TopicPartition(topic, index) for index in range(3)], 20)
    wait(admin.describe_consumer_groups([group]))
    consumer.close()

wait(admin.list_consumer_groups())
wait(admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group)]))
wait(admin.alter_consumer_group_offsets([ConsumerGroupTopicPartitions(group, [TopicPartition(topic, 0, 1)])]))
for spec in [OffsetSpec.latest(), OffsetSpec.earliest(), OffsetSpec.max_timestamp(), OffsetSpec.for_timestamp(0)]:
    wait(admin.list_offsets({TopicPartition(topic, 0): spec}, isolation_level=IsolationLevel.READ_COMMITTED))
wait(admin.describe_cluster(include_authorized_operations=True))
wait(admin.delete_records([TopicPartition(topic, 0, 1)]))
wait(admin.delete_consumer_groups([group]))
wait(admin.delete_topics([topic]))
