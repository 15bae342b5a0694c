import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { type Artifact, fetchJar } from "../../../../test/support/maven-central.ts";

/** Kafka's record code and what its compressions need, in the versions that kafka-clients 4.4.0 asks for. */
const jars: readonly Artifact[] = [
  {
    group: "org.apache.kafka",
    name: "kafka-clients",
    version: "4.4.0",
    sha256: "1ab07317eb6633241392449d329dbdc5d9251e6ffc4926860f42dd966e88bdf9",
  },
  { group: "at.yawk.lz4", name: "lz4-java", version: "1.11.2", sha256: "8a7458657938e9b692224db83aac458c13abd7a59ab75c3d3b08bd2233a646a2" },
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
  { group: "org.slf4j", name: "slf4j-api", version: "1.7.36", sha256: "d3ef575e3e4979678dc01bf1dcce51021493b4d11fb7f1be8ad982877c16a1c0" },
];

/** Kafka's own code in a process of its own, which answers questions line by line (`java/Interop.java`). */
export class JavaPeer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #waiting: ((line: string) => void)[] = [];

  private constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    this.#lines = createInterface(process.stdout).on("line", (line) => this.#waiting.shift()?.(line));
    process.on("exit", () => this.#waiting.splice(0).forEach((answer) => answer("error the process has ended")));
  }

  /** A text instead says why there is none. */
  static async start(): Promise<JavaPeer | string> {
    if (!hasJava()) return "there is no Java that runs a source file";
    const paths = await Promise.all(jars.map(fetchJar));
    if (paths.includes(undefined)) return "Maven Central cannot be reached";
    const source = join(import.meta.dirname, "..", "java", "Interop.java");
    return new JavaPeer(spawn("java", ["-Xmx256m", "-cp", paths.join(delimiter), source]));
  }

  ask(question: string): Promise<string> {
    this.#process.stdin.write(`${question}\n`);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  stop(): void {
    this.#lines.close();
    this.#process.kill();
  }
}

function hasJava(): boolean {
  try {
    return execFileSync("java", ["--list-modules"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).includes("jdk.compiler");
  } catch {
    return false;
  }
}
