import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runCommand } from "./command.ts";
import { freePort } from "./free-port.ts";
import { kafkaClassPath } from "./kafka-tools.ts";
import { serves } from "./serving.ts";

/** Any will do: the cluster never meets another. */
const clusterId = "AAAAAAAAAAAAAAAAAAAAAQ";
/** A virtual machine that starts on a busy machine takes a while. */
const startMaxMs = 90_000;
/** After so long a process that was asked to stop is killed. */
const stopMaxMs = 20_000;

/** Apache Kafka as a process of its own: one node that is broker and controller, on fresh data. `kafkaToolsMissing` must have been asked. */
export class KafkaBroker {
  /** `host:port` */
  readonly bootstrap: string;
  readonly #directory: string;
  readonly #child: ChildProcess;
  readonly #said: string[] = [];

  private constructor(bootstrap: string, directory: string, properties: string) {
    this.bootstrap = bootstrap;
    this.#directory = directory;
    this.#child = spawn("java", ["-Xmx512m", ...kafkaClassPath(), "kafka.Kafka", properties], { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding("utf8").on("data", (text: string) => this.#said.push(text));
    }
    process.once("exit", this.#kill);
  }

  /**
   * Formats a directory, starts a broker on it and resolves when it serves.
   *
   * @param settings `key=value` each, beside Kafka's defaults
   */
  static async start(settings: readonly string[] = []): Promise<KafkaBroker> {
    const directory = mkdtempSync(join(tmpdir(), "millrace-kafka-"));
    const [port, controllerPort] = [await freePort(), await freePort()];
    const properties = join(directory, "server.properties");
    const data = join(directory, "data");
    mkdirSync(data);
    writeFileSync(properties, [...serverProperties(data, port, controllerPort), ...settings].join("\n"));
    const tool = [...kafkaClassPath(), "kafka.tools.StorageTool", "format", "-t", clusterId, "-c", properties];
    const { code, stderr } = await runCommand("java", tool);
    if (code !== 0) throw new Error(`Kafka's data could not be formatted:\n${stderr}`);
    const broker = new KafkaBroker(`127.0.0.1:${port}`, directory, properties);
    await broker.#whenServing();
    return broker;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off("exit", this.#kill);
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, "exit");
      const killing = setTimeout(this.#kill, stopMaxMs);
      this.#child.kill("SIGTERM");
      await ended;
      clearTimeout(killing);
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }

  readonly #kill = (): void => {
    this.#child.kill("SIGKILL");
  };

  async #whenServing(): Promise<void> {
    for (const startMs = performance.now(); performance.now() - startMs < startMaxMs; await sleep(50)) {
      const { exitCode, signalCode } = this.#child;
      if (exitCode !== null || signalCode !== null) throw new Error(`Kafka ended (${signalCode ?? exitCode}):\n${this.#said.join("")}`);
      if (await serves(this.bootstrap)) return;
    }
    throw new Error(`Kafka does not serve after ${startMaxMs} ms:\n${this.#said.join("")}`);
  }
}

/** Kafka's defaults, but for what a single node on this machine needs. */
function serverProperties(data: string, port: number, controllerPort: number): string[] {
  return [
    "process.roles=broker,controller",
    "node.id=1",
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    "controller.listener.names=CONTROLLER",
    "inter.broker.listener.name=PLAINTEXT",
    `log.dirs=${data}`,
    "offsets.topic.replication.factor=1",
    "transaction.state.log.replication.factor=1",
    "transaction.state.log.min.isr=1",
    "share.coordinator.state.topic.replication.factor=1",
    "share.coordinator.state.topic.min.isr=1",
  ];
}
