import { type GroupCoordinator, groupCoordinator } from "@millrace/coordinator";
import type { Partition } from "@millrace/replication";
import { type SimulatedWorld, simulatedWorld } from "@millrace/runtime/simulated";
import { storageTasks } from "@millrace/storage";
import { brokerConfiguration } from "@millrace/storage/testing";
import { codeOf, LeaderEpoch, Offset, offsetsTopic, TopicId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { followGroupShards } from "../src/group-shards.ts";
import { ledPartitions } from "./support/led-partitions.ts";

const topicId = TopicId("AAAAAAAAAAAAAAAAAAAAAw");

/** A coordinator whose one shard lives in a log of a simulated disk. */
class Groups {
  readonly world: SimulatedWorld = simulatedWorld(1, {}, { tasks: storageTasks });
  coordinator!: GroupCoordinator;
  #partition!: Partition;

  static async open(): Promise<Groups> {
    const groups = new Groups();
    await groups.#lead();
    return groups;
  }

  /** Commits an offset of orders-0; the error's code, or NONE. */
  commit(offset: number): Promise<string> {
    return this.world.drive(this.begin(offset));
  }

  begin(offset: number): Promise<string> {
    const partition = { topic: "orders", partition: 0, offset: Offset(offset), leaderEpoch: LeaderEpoch(-1), metadata: "" };
    const outsider = { groupId: "billing", generationId: -1, memberId: "", groupInstanceId: undefined };
    const request = { ...outsider, retentionMs: undefined, reportsMissingGroup: false, partitions: [partition] };
    return this.coordinator.commitOffsets(request).then(([fault]) => fault?.code ?? "NONE", codeOf);
  }

  async offsets(): Promise<number[]> {
    const all = { groupId: "billing", partitions: undefined, requireStable: false };
    return (await this.world.drive(this.coordinator.fetchOffsets(all))).map(({ offset }) => offset);
  }

  pass(ms: number): Promise<void> {
    return this.world.run(this.world.nowMs + ms);
  }

  leadAgain(): void {
    const shards = followGroupShards(this.coordinator);
    shards.resigned(this.#partition);
    shards.leads(this.#partition);
  }

  async #lead(): Promise<void> {
    const runtime = this.world.process("broker");
    this.coordinator = groupCoordinator({
      runtime,
      configuration: brokerConfiguration({ "offsets.topic.num.partitions": "1" }),
      surroundings: { hasPartition: () => true, topicId: () => topicId },
    });
    [this.#partition] = (await ledPartitions(this.world, runtime, offsetsTopic, 1)) as [Partition];
    followGroupShards(this.coordinator).leads(this.#partition);
    await this.pass(10);
  }
}

test("a commit that found the disk full is refused and forgotten; the one before it holds, and the next is taken", async () => {
  const groups = await Groups.open();
  expect(await groups.commit(5)).toBe("NONE");
  groups.world.failNext("broker", "write", "ENOSPC");
  expect(await groups.commit(6)).toBe("COORDINATOR_NOT_AVAILABLE");
  await groups.pass(3_000);
  expect(await groups.offsets()).toEqual([5]);
  expect(await groups.commit(7)).toBe("NONE");
  expect(await groups.offsets()).toEqual([7]);
});

test("a shard that is led anew while records are being written reads them too", async () => {
  const groups = await Groups.open();
  await groups.commit(5);
  groups.world.change("broker", { disk: { operationUs: [2_000_000, 2_000_000] } });
  const parted = groups.begin(6);
  groups.leadAgain();
  expect(await groups.world.drive(parted)).toBe("NOT_COORDINATOR");
  await groups.pass(10_000);
  expect(await groups.offsets()).toEqual([6]);
});
