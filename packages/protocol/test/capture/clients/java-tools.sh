# Kafka's own tools, from the jars in $KAFKA_JARS.
set -u
run() { class=$1; shift; timeout 60 java -Xmx256m -cp "$KAFKA_JARS/*" "org.apache.kafka.tools.$class" --bootstrap-server "$BOOTSTRAP" "$@" > /dev/null 2>&1; }
topics() { run TopicCommand "$@"; }
groups() { run consumer.group.ConsumerGroupCommand "$@"; }
configs() { timeout 60 java -Xmx256m -cp "$KAFKA_JARS/*" kafka.admin.ConfigCommand --bootstrap-server "$BOOTSTRAP" "$@" > /dev/null 2>&1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
topics --create --topic captured-java --partitions 2 --replication-factor 1 --config cleanup.policy=delete
topics --create --topic captured-java
topics --alter --topic captured-java --partitions 3
topics --describe
topics --describe --topic captured-java
topics --list
configs --describe --entity-type topics --entity-name captured-java --all
configs --describe --entity-type brokers --entity-name 1
configs --alter --entity-type topics --entity-name captured-java --add-config retention.ms=3600000
configs --alter --entity-type topics --entity-name captured-java --delete-config retention.ms
configs --describe --entity-type groups
for codec in none gzip snappy lz4 zstd; do
  printf 'a:1\nb:2\nc:3\n' | run ConsoleProducer --topic captured-java --reader-property parse.key=true --reader-property key.separator=: --compression-codec "$codec"
done
printf 'zero\n' | run ConsoleProducer --topic captured-java --request-required-acks 0
run consumer.ConsoleConsumer --topic captured-java --from-beginning --max-messages 10 --timeout-ms 20000
run consumer.ConsoleConsumer --topic captured-java --from-beginning --max-messages 10 --timeout-ms 20000 --group captured-java-group --isolation-level read_committed
run GetOffsetShell --topic captured-java
run GetOffsetShell --topic captured-java --time max-timestamp
run GetOffsetShell --topic captured-java --time earliest-local
groups --list --state
groups --describe --group captured-java-group --members --verbose
groups --describe --group captured-java-group
groups --reset-offsets --group captured-java-group --topic captured-java --to-earliest --execute
groups --delete-offsets --group captured-java-group --topic captured-java
groups --delete --group captured-java-group
printf '{"partitions":[{"topic":"captured-java","partition":0,"offset":1}],"version":1}' > "$folder/delete.json"
run DeleteRecordsCommand --offset-json-file "$folder/delete.json"
run LogDirsCommand --describe --topic-list captured-java
run TransactionsCommand describe-producers --topic captured-java --partition 0
run VerifiableProducer --topic captured-java --max-messages 20
topics --delete --topic captured-java
