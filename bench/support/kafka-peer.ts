import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../e2e/support/command.ts";
import { kafkaClassPath, kafkaToolsMissing } from "../../e2e/support/kafka-tools.ts";
import { freePort, type Peer, peerFolder, type PeerOptions } from "./peer.ts";

/** The heap that Kafka's own start script gives, but for a start at half of it. */
const heap = ["-Xms512m", "-Xmx1g", "-XX:+UseG1GC"];
/** Any will do: the cluster never meets another. */
const clusterId = "AAAAAAAAAAAAAAAAAAAAAQ";

/** Apache Kafka: one process that is broker and controller, on freshly formatted data. Needs Java, and Maven the first time. */
export async function kafkaPeer(name: string, { settings = [] }: PeerOptions = {}): Promise<Peer> {
  const missing = await kafkaToolsMissing();
  if (missing !== undefined) throw new Error(`Kafka cannot run here: ${missing}`);
  const folder = peerFolder(name);
  const [port, controllerPort] = [await freePort(), await freePort()];
  const directory = join(folder, "data");
  const properties = join(folder, "server.properties");
  mkdirSync(directory);
  writeFileSync(properties, [...serverProperties(directory, port, controllerPort), ...settings].join("\n"));
  const java = ["java", ...heap, ...kafkaClassPath()];
  const { code, stderr } = await runCommand("java", [
    ...java.slice(1),
    "kafka.tools.StorageTool",
    "format",
    "-t",
    clusterId,
    "-c",
    properties,
  ]);
  if (code !== 0) throw new Error(`Kafka's data could not be formatted:\n${stderr}`);
  return { name, bootstrap: `127.0.0.1:${port}`, directory, command: [...java, "kafka.Kafka", properties] };
}

/** Kafka's defaults, but for what a single broker needs, and for topics whose files go soon after them. */
function serverProperties(directory: string, port: number, controllerPort: number): string[] {
  return [
    "process.roles=broker,controller",
    "node.id=1",
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    "controller.listener.names=CONTROLLER",
    "inter.broker.listener.name=PLAINTEXT",
    `log.dirs=${directory}`,
    "offsets.topic.replication.factor=1",
    "transaction.state.log.replication.factor=1",
    "transaction.state.log.min.isr=1",
    "share.coordinator.state.topic.replication.factor=1",
    "share.coordinator.state.topic.min.isr=1",
    "group.initial.rebalance.delay.ms=0",
    "log.segment.delete.delay.ms=0",
  ];
}
