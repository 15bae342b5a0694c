import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../test/support/maven.ts";
import { type CommandResult, hasProgram, runCommand } from "./command.ts";

const pom = join(import.meta.dirname, "kafka/pom.xml");
const logging = join(import.meta.dirname, "kafka/log4j2.properties");

/** Kafka's own tools, by the names of their scripts. */
const classes = {
  "kafka-topics": "org.apache.kafka.tools.TopicCommand",
  "kafka-configs": "kafka.admin.ConfigCommand",
  "kafka-consumer-groups": "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
  "kafka-console-producer": "org.apache.kafka.tools.ConsoleProducer",
  "kafka-console-consumer": "org.apache.kafka.tools.consumer.ConsoleConsumer",
  "kafka-verifiable-producer": "org.apache.kafka.tools.VerifiableProducer",
  "kafka-verifiable-consumer": "org.apache.kafka.tools.VerifiableConsumer",
  "kafka-producer-perf-test": "org.apache.kafka.tools.ProducerPerformance",
  "kafka-consumer-perf-test": "org.apache.kafka.tools.ConsumerPerformance",
  "kafka-leader-election": "org.apache.kafka.tools.LeaderElectionCommand",
  "kafka-reassign-partitions": "org.apache.kafka.tools.reassign.ReassignPartitionsCommand",
  "kafka-get-offsets": "org.apache.kafka.tools.GetOffsetShell",
  "kafka-delete-records": "org.apache.kafka.tools.DeleteRecordsCommand",
  "kafka-log-dirs": "org.apache.kafka.tools.LogDirsCommand",
  "kafka-metadata-quorum": "org.apache.kafka.tools.MetadataQuorumCommand",
  "kafka-features": "org.apache.kafka.tools.FeatureCommand",
  "kafka-dump-log": "org.apache.kafka.tools.DumpLogSegments",
  "kafka-broker-api-versions": "org.apache.kafka.tools.BrokerApiVersionsCommand",
} as const;

export type KafkaTool = keyof typeof classes;

/** Why Kafka's tools cannot run here; undefined where they can. The first call fetches them, by Maven, into the user's cache. */
export async function kafkaToolsMissing(): Promise<string | undefined> {
  if (!hasProgram("java", "-version")) return "there is no Java";
  if (existsSync(jarsFolder())) return undefined;
  if (!hasProgram("mvn")) return "there is no Maven to fetch Kafka's tools";
  const own = `${jarsFolder()}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  const { code } = await runCommand("mvn", ["-q", "-B", "-f", pom, "dependency:copy-dependencies", `-DoutputDirectory=${own}`], {
    timeoutMs: 600_000,
  });
  if (code !== 0) {
    rmSync(own, { recursive: true, force: true });
    return "Maven reaches no repository";
  }
  // Two test processes may fetch at once: the first rename wins.
  if (existsSync(jarsFolder())) rmSync(own, { recursive: true, force: true });
  else renameSync(own, jarsFolder());
  return undefined;
}

/** Runs one of the tools to its end. `kafkaToolsMissing` must have been asked. */
export function kafkaTool(
  tool: KafkaTool,
  args: readonly string[],
  options: { input?: string | Uint8Array; timeoutMs?: number } = {},
): Promise<CommandResult> {
  return runJava(classes[tool], args, options);
}

/** Runs a class, or a source file, on the class path of Kafka's tools. */
export function runJava(
  classOrSource: string,
  args: readonly string[],
  options: { input?: string | Uint8Array; timeoutMs?: number } = {},
): Promise<CommandResult> {
  return runCommand("java", ["-Xmx512m", ...kafkaClassPath(), classOrSource, ...args], options);
}

/** What tells Java where Kafka is, its server too, and that only errors are logged. */
export function kafkaClassPath(): string[] {
  return [`-Dlog4j2.configurationFile=${logging}`, "-cp", join(jarsFolder(), "*")];
}

/** Another list of dependencies is another folder. */
function jarsFolder(): string {
  const version = createHash("sha256").update(readFileSync(pom)).digest("hex").slice(0, 12);
  return join(cacheFolder, `kafka-${version}`);
}
