import { expect, test } from "vitest";
import { ReplicatedPartition } from "../src/replicas/model/replicated-partition.ts";

/** Of a compacted topic. Values have one of five keys in turn: "4" and "9" have the same. */
function compactedPartition(): ReplicatedPartition {
  return new ReplicatedPartition("topic", 0, { mayRetire: false, isCompacted: true });
}

test("compaction keeps of a key what lies last: a batch sent again lies behind what was sent after it", () => {
  const partition = compactedPartition();
  const sentAgain = partition.send(["4"]);
  partition.acknowledge(partition.send(["9"]), 10);
  partition.acknowledge(sentAgain, 14);
  partition.skipped(10, 11);
  expect(() => partition.skipped(14, 15)).toThrow("P8");
});

test("what nobody was answered about may lie behind, and supersede", () => {
  const partition = compactedPartition();
  partition.send(["4"]);
  partition.acknowledge(partition.send(["9"]), 10);
  partition.skipped(10, 11);
});

test("what was refused supersedes nothing", () => {
  const partition = compactedPartition();
  partition.acknowledge(partition.send(["4"]), 10);
  partition.refuse(partition.send(["9"]));
  expect(() => partition.skipped(10, 11)).toThrow("P8");
});

test("where nothing is compacted, nothing is skipped", () => {
  const partition = new ReplicatedPartition("topic", 0, { mayRetire: false, isCompacted: false });
  partition.acknowledge(partition.send(["4"]), 10);
  partition.acknowledge(partition.send(["9"]), 11);
  expect(() => partition.skipped(10, 11)).toThrow("P8");
});
