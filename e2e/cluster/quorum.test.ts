import { codeOfWire } from "@millrace/vocabulary";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { clusterEnvironment, Controllers } from "../support/controllers.ts";
import { Millrace } from "../support/millrace.ts";
import { batchOf, createTopic, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

let controllers: Controllers;
let broker: BrokerProcess;

beforeAll(async () => {
  controllers = await Controllers.start();
  broker = await BrokerProcess.start({ environment: clusterEnvironment, set: controllers.brokerSettings(1) });
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
  await controllers[Symbol.asyncDispose]();
});

/** Creates topics one after the other until it is stopped. */
class Creations {
  readonly acknowledged: string[] = [];
  readonly refusals: string[] = [];
  #isOver = false;
  readonly #ended: Promise<void>;

  constructor(client: WireClient) {
    this.#ended = this.#run(client);
  }

  /** Resolves when one more has been acknowledged that was asked for after this. */
  async another(): Promise<void> {
    const count = this.acknowledged.length + 2;
    await expect.poll(() => this.acknowledged.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#ended;
  }

  async #run(client: WireClient): Promise<void> {
    for (let number = 0; !this.#isOver; number++) {
      const name = `topic-${number}`;
      const topic = { name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
      const { topics } = await client.ask("CreateTopics", 7, { topics: [topic], timeoutMs: 10_000 });
      const code = codeOfWire(topics[0]!.errorCode);
      if (code === "NONE") this.acknowledged.push(name);
      else this.refusals.push(code);
    }
  }
}

test("while the active controller is killed again and again topics go on being made, nothing acknowledged is lost, and no write fails", async () => {
  using client = await WireClient.connect(broker.bootstrap);
  using writer = await WireClient.connect(broker.bootstrap);
  const millrace = new Millrace(broker.bootstrap);
  await createTopic(writer, "orders");
  const creations = new Creations(client);
  const seen = new Set<number>();
  const written: string[] = [];
  for (let kill = 0; kill < 4; kill++) {
    const { controller } = await millrace.json<{ controller: number }>("cluster status -o json");
    seen.add(controller);
    await controllers.kill(controller);
    written.push((await produceBatch(writer, "orders", batchOf([`${kill}`]))).code);
    await creations.another();
    await controllers.restart(controller);
  }
  await creations.stop();
  expect(controllers.ids).toEqual(expect.arrayContaining([...seen]));
  expect(seen.size).toBeGreaterThan(1);
  expect(written).toEqual(["NONE", "NONE", "NONE", "NONE"]);
  // One request may be under way at each kill: nobody knows what became of it.
  expect(creations.refusals.filter((code) => code !== "REQUEST_TIMED_OUT")).toEqual([]);
  expect(creations.refusals.length).toBeLessThanOrEqual(4);
  const { topics } = await client.ask("Metadata", 9, { topics: null });
  const leaders = new Map(
    topics.map(({ name, partitions }) => [name, partitions.map(({ leaderId, leaderEpoch }) => [leaderId, leaderEpoch])]),
  );
  for (const name of ["orders", ...creations.acknowledged]) expect(leaders.get(name)).toEqual([[1, 0]]);
});
