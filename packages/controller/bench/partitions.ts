import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { bootstrapSnapshot, snapshotChunks } from "@millrace/metadata";
import { formatQuorum, openQuorum } from "@millrace/raft";
import { realClock as clock, RealKvStores, realLogger, realRandom as random } from "@millrace/runtime/real";
import { BrokerId, type BrokerKey, Configuration, GiB, MiB, type Uuid } from "@millrace/vocabulary";
import { type BrokerRegistration, openController } from "../src/index.ts";

/*
 * What 100,000 partitions cost: `node packages/controller/bench/partitions.ts [partitions] [topics]`. Each line says how long a
 * step took on a real store, and the longest that the event loop was held meanwhile.
 */

const partitions = Number(process.argv[2] ?? 100_000);
const topics = Number(process.argv[3] ?? 1_000);
const directory = await mkdtemp(join(tmpdir(), "millrace-bench-"));
const stores = new RealKvStores();
const logger = realLogger({ level: "warn", form: "readable" });
const uuid = () => random.stream("bench").uuid();
const clusterId = uuid();
const self = { nodeId: BrokerId(1), directoryId: uuid() };
const configuration = new Configuration(new Map<BrokerKey, unknown>([["metadata.log.max.record.bytes.between.snapshots", 20 * MiB]]));

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const fromMs = performance.now();
  const result = await work();
  const tookMs = performance.now() - fromMs;
  await new Promise((resolve) => setTimeout(resolve, 5));
  delay.disable();
  console.log(`${what.padEnd(28)} ${tookMs.toFixed(0).padStart(6)} ms, loop held ${(delay.max / 1e6).toFixed(0)} ms at most`);
  return result;
}

async function open() {
  const kv = await stores.open(join(directory, "raft"), { bytesMax: GiB });
  if ([...kv.range({ limit: 1 })].length === 0)
    await formatQuorum(kv, { clusterId, self, voters: [{ ...self, listeners: [] }], bootstrap: bootstrapSnapshot(new Map()) });
  const quorum = await openQuorum({ kv, clock, logger, clusterId, self, voters: [], onFailure: console.error });
  const controller = await openController({ quorum, clusterId, nodeId: self.nodeId, configuration, clock, random, logger });
  return { quorum, controller, close: () => quorum.close().then(() => kv.close()) };
}

function registration(incarnation: Uuid): BrokerRegistration {
  const places = { host: "bench", rack: undefined, listeners: [] };
  return {
    id: self.nodeId,
    incarnation,
    directoryId: self.directoryId,
    clusterId,
    ...places,
    lastStop: "crashed",
    previousEpoch: undefined,
    lives: [],
  };
}

try {
  let { controller, quorum, close } = await timed("start, empty", open);
  await controller.registerBroker(registration(uuid()));
  const wanted = Array.from({ length: topics }, (_, index) => ({
    name: `topic-${index}`,
    partitions: Math.ceil(partitions / topics),
    replicationFactor: 1,
    overrides: new Map<string, string>(),
  }));
  await timed(`create ${topics} topics`, () => controller.createTopics(wanted, { validateOnly: false }));
  await close();
  ({ controller, quorum, close } = await timed("start, from the log", open));
  const epoch = await timed("register, elect all", () => controller.registerBroker(registration(uuid())));
  await timed("one topic more", () =>
    controller.createTopics([{ ...wanted[0]!, name: "one-more", partitions: 1 }], { validateOnly: false }),
  );
  await timed("stop, depose all", () => controller.stopBroker(self.nodeId, epoch));
  await timed("snapshot", () =>
    quorum.snapshot(
      controller.image.offset,
      (async function* () {
        for (const chunk of snapshotChunks(controller.image)) yield chunk;
      })(),
    ),
  );
  await close();
  ({ controller, close } = await timed("start, from the snapshot", open));
  console.log(`${controller.image.topics.size} topics, resident ${(process.memoryUsage.rss() / MiB).toFixed(0)} MiB`);
  await close();
} finally {
  await rm(directory, { recursive: true });
}
