import { type Scenario, scenario } from "../scenario.ts";
import type { Side } from "../side.ts";
import { batchWith, recordOf } from "./batches.ts";

/** The version in which batches are sent, since the state of producers knows no versions. */
const produceVersion = 9;

export const producersScenarios: readonly Scenario[] = [
  scenario("InitProducerId without transactions", async (side) => {
    const transactionTimeoutMs = 60_000;
    await side.askEach("plain", "InitProducerId", () => ({ transactionalId: null, transactionTimeoutMs }));
    await side.askEach("an empty transactional id", "InitProducerId", () => ({ transactionalId: "", transactionTimeoutMs }));
    for (const timeout of [0, -1]) {
      await side.askEach("a time-out that is none", "InitProducerId", () => ({ transactionalId: null, transactionTimeoutMs: timeout }));
    }
    for (const version of side.versionsOf("InitProducerId").filter((each) => each >= 3)) {
      const ask = (situation: string, producerId: number, producerEpoch: number) =>
        side.attempt(situation, "InitProducerId", version, { transactionalId: null, transactionTimeoutMs, producerId, producerEpoch });
      await ask("a producer and an epoch", 5, 3);
      await ask("a producer without an epoch", 5, -1);
      await ask("an epoch without a producer", -1, 3);
    }
  }),

  scenario("the sequences of an idempotent producer", async (side) => {
    await side.createTopic("sequences");
    const { producerId } = await side.ask("plain", "InitProducerId", 4, { transactionalId: null, transactionTimeoutMs: 60_000 });
    const send = (situation: string, producerEpoch: number, baseSequence: number, values = ["a", "b"], id: number = producerId) =>
      produce(side, situation, batchWith({ producerId: id, producerEpoch, baseSequence }, ...values.map((value) => recordOf(value))));
    await send("the first batch", 0, 0);
    await send("the first batch again", 0, 0);
    await send("a batch that follows", 0, 2);
    await send("a batch after a gap", 0, 7);
    await send("half of a batch again", 0, 2, ["a"]);
    for (const sequence of [4, 6, 8, 10, 12]) await send("batches that follow", 0, sequence);
    await send("a batch of long ago again", 0, 0);
    await send("a batch of five ago again", 0, 4);
    await send("a new epoch that begins with 1", 1, 1);
    await send("a new epoch", 1, 0);
    await send("an old epoch", 0, 14);
    await send("a producer that nobody knows, in its midst", 0, 100, ["a"], 987_654);
    await send("a producer that nobody knows, after that", 0, 101, ["a"], 987_654);
    await send("a negative sequence", 1, -1, ["a"]);
    await send("a negative epoch", -1, 0, ["a"]);
    await send("the last sequence", 0, 2 ** 31 - 1, ["a", "b"], 4321);
    await send("the sequence after the last", 0, 1, ["a"], 4321);
    await side.attempt("active producers", "DescribeProducers", 0, { topics: [{ name: "sequences", partitionIndexes: [0] }] });
  }),

  scenario("DescribeProducers", async (side) => {
    await side.createTopic("producers");
    const ask = (situation: string, name: string, ...partitionIndexes: number[]) =>
      side.attempt(situation, "DescribeProducers", 0, { topics: [{ name, partitionIndexes }] });
    await ask("no producers", "producers", 0);
    await ask("no partitions", "producers");
    for (const partition of [1, -1]) await ask("a partition out of range", "producers", partition);
    await ask("a partition twice", "producers", 0, 0);
    await ask("an unknown topic", "producers-unknown", 0);
    await ask("an illegal name", "no/name", 0);
    await side.attempt("no topics", "DescribeProducers", 0, { topics: [] });
  }),
];

function produce(side: Side, situation: string, records: Buffer) {
  return side.attempt(situation, "Produce", produceVersion, {
    acks: -1,
    timeoutMs: 10_000,
    topicData: [{ name: "sequences", partitionData: [{ index: 0, records }] }],
  });
}
