import type { Artifact } from "./maven.ts";

/** Kafka's client library: its record code, its protocol code, and the schemas of its messages. */
export const kafkaClients: Artifact = {
  group: "org.apache.kafka",
  name: "kafka-clients",
  version: "4.4.0",
  sha256: "1ab07317eb6633241392449d329dbdc5d9251e6ffc4926860f42dd966e88bdf9",
};

/** Kafka's group coordinator: the schemas of what it stores. */
export const kafkaGroupCoordinator: Artifact = {
  group: "org.apache.kafka",
  name: "kafka-group-coordinator",
  version: "4.4.0",
  sha256: "3fc830ace54f6a13f9f536bc0564bf39a68797365a4c4b194bd7db4fb893b2bc",
};

/** What Kafka's client library needs to run, in the versions that it asks for. */
export const kafkaClientsClassPath: readonly Artifact[] = [
  kafkaClients,
  {
    group: "at.yawk.lz4",
    name: "lz4-java",
    version: "1.11.2",
    sha256: "8a7458657938e9b692224db83aac458c13abd7a59ab75c3d3b08bd2233a646a2",
  },
  {
    group: "org.xerial.snappy",
    name: "snappy-java",
    version: "1.1.10.7",
    sha256: "4c766cb3f855415ee734b2392949a0b6f12a60879334a74518deaf6270d32e36",
  },
  {
    group: "com.github.luben",
    name: "zstd-jni",
    version: "1.5.7-17",
    sha256: "c9043e2da8a16c13b6cd7661a5cb56685a573c3546ef4bd0ead67b0b67c2e107",
  },
  {
    group: "org.slf4j",
    name: "slf4j-api",
    version: "1.7.36",
    sha256: "d3ef575e3e4979678dc01bf1dcce51021493b4d11fb7f1be8ad982877c16a1c0",
  },
];
