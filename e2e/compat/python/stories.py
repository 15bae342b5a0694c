"""Stories of confluent-kafka against a broker: stories.py STORY HOST:PORT. Ends with exit code 0 where all that is asserted holds."""

import sys

from confluent_kafka import Consumer, KafkaError, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic


def consume(bootstrap, group, topics, count, **config):
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": group, "auto.offset.reset": "earliest", **config})
    consumer.subscribe(topics)
    records = []
    idle = 0
    while idle < 300:
        record = consumer.poll(0.1)
        if record is None:
            idle += 1
            continue
        assert record.error() is None, record.error()
        records.append(record)
        if len(records) == count:
            break
    consumer.commit(asynchronous=False)
    return consumer, records


def admin(bootstrap):
    client = AdminClient({"bootstrap.servers": bootstrap})
    client.create_topics([NewTopic("created", num_partitions=2, config={"cleanup.policy": "compact"})])["created"].result(10)
    assert len(client.list_topics(timeout=10).topics["created"].partitions) == 2
    client.create_partitions([NewPartitions("created", 3)])["created"].result(10)
    resource = ConfigResource(ConfigResource.Type.TOPIC, "created")
    config = client.describe_configs([resource])[resource].result(10)
    assert config["cleanup.policy"].value == "compact", config["cleanup.policy"]
    cluster = client.describe_cluster().result(10)
    assert [node.id for node in cluster.nodes] == [1]
    client.delete_topics(["created"])["created"].result(10)
    assert "created" not in client.list_topics(timeout=10).topics


def produce_consume(bootstrap):
    for compression in ["none", "gzip", "snappy", "lz4", "zstd"]:
        topic = "orders-" + compression
        delivered = []
        producer = Producer({"bootstrap.servers": bootstrap, "enable.idempotence": True, "compression.type": compression})
        for index in range(1000):
            producer.produce(topic, key=str(index % 10), value="a value that repeats itself " + str(index),
                             headers=[("h", str(index).encode())], on_delivery=lambda error, record: delivered.append(error))
        assert producer.flush(30) == 0
        assert delivered == [None] * 1000, set(delivered)
        consumer, records = consume(bootstrap, "readers-" + compression, [topic], 1000)
        assert [record.value().decode() for record in records] == ["a value that repeats itself " + str(index) for index in range(1000)]
        assert records[7].headers() == [("h", b"7")]
        consumer.close()
        committed = Consumer({"bootstrap.servers": bootstrap, "group.id": "readers-" + compression}).committed([TopicPartition(topic, 0)], 10)
        assert committed[0].offset == 1000, committed


def static_member(bootstrap):
    producer = Producer({"bootstrap.servers": bootstrap})
    producer.produce("static", value="a")
    producer.flush(10)
    config = {"group.instance.id": "one", "session.timeout.ms": 6000}
    consumer, records = consume(bootstrap, "statics", ["static"], 1, **config)
    assert len(records) == 1
    member = consumer.memberid()
    consumer.close()
    producer.produce("static", value="b")
    producer.flush(10)
    again, records = consume(bootstrap, "statics", ["static"], 1, **config)
    assert [record.value() for record in records] == [b"b"]
    assert again.memberid() != member
    again.close()


def timestamps(bootstrap):
    producer = Producer({"bootstrap.servers": bootstrap})
    for index in range(10):
        producer.produce("timed", value=str(index), timestamp=1_700_000_000_000 + index * 1000)
    producer.flush(10)
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "timers", "auto.offset.reset": "error"})
    found = consumer.offsets_for_times([TopicPartition("timed", 0, 1_700_000_004_500)], 10)
    assert found[0].offset == 5, found
    low, high = consumer.get_watermark_offsets(TopicPartition("timed", 0), 10)
    assert (low, high) == (0, 10)
    consumer.assign([TopicPartition("timed", 0, 99)])
    record = consumer.poll(10)
    assert record.error().code() == KafkaError._AUTO_OFFSET_RESET, record.error()
    consumer.close()


{"admin": admin, "produce-consume": produce_consume, "static-member": static_member, "timestamps": timestamps}[sys.argv[1]](sys.argv[2])
