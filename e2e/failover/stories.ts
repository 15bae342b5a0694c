import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Millrace } from "../support/millrace.ts";
import { WireClient } from "../support/wire-client.ts";
import type { FailoverCluster } from "./failover-cluster.ts";
import { Reader } from "./reader.ts";
import { Writer } from "./writer.ts";

const ids = [1, 2, 3] as const;
const lookMs = 50;

interface Partition {
  readonly leader: number;
  readonly isr: readonly number[];
}

/** Tells what happens when brokers go, of three brokers that run in one way or another. */
export function tellFailover(where: string, start: () => Promise<FailoverCluster>): void {
  describe(`three brokers ${where}`, () => {
    let cluster: FailoverCluster;
    let millrace: Millrace;
    beforeAll(async () => {
      cluster = await start();
      millrace = new Millrace(cluster.addresses.join(","));
    }, 600_000);
    afterAll(() => cluster?.[Symbol.asyncDispose](), 120_000);

    test("kill -9 of a leader: another one leads, and everything acknowledged is there once", async () => {
      const writer = await writing("leader-killed");
      const [{ leader }] = await partitionsOf("leader-killed");
      await cluster.kill(leader);
      await writer.goesOn();
      const after = await partitionsOf("leader-killed");
      expect(after.map((partition) => partition.leader)).not.toContain(leader);
      await cluster.restart(leader);
      await whole("leader-killed");
      await expectAll(writer, "leader-killed");
    });

    test("kill -9 of the active controller: records are written and topics are created all the while", async () => {
      const writer = await writing("controller-killed");
      const controller = await activeController();
      await cluster.kill(controller);
      expect(await millrace.run("topic create made-meanwhile -p 3")).toMatchObject({ code: 0 });
      await writer.goesOn();
      expect(await activeController()).not.toBe(controller);
      await cluster.restart(controller);
      await whole("controller-killed");
      await expectAll(writer, "controller-killed");
    });

    test("a leader that stands still is replaced, and what it takes afterwards is what the others have", async () => {
      const writer = await writing("leader-paused");
      const [{ leader }] = await partitionsOf("leader-paused");
      await cluster.pause(leader);
      await writer.goesOn();
      await cluster.resume(leader);
      await whole("leader-paused");
      await expectAll(writer, "leader-paused");
    });

    test("a follower that stands still leaves the in-sync replicas, its leader stays, and writing goes on", async () => {
      const writer = await writing("follower-paused");
      const before = await partitionsOf("follower-paused");
      const [{ leader }] = before;
      const follower = ids.find((id) => id !== leader)!;
      await cluster.pause(follower);
      await writer.goesOn();
      const [after] = await partitionsOf("follower-paused");
      expect(after).toMatchObject({ leader });
      expect(after.isr).not.toContain(follower);
      await cluster.resume(follower);
      await whole("follower-paused");
      await expectAll(writer, "follower-paused");
    });

    test("a leader that stands still is left by those who read, too", async () => {
      const writer = await writing("reader-moves");
      const reader = new Reader(cluster.addresses, "reader-moves", "movers");
      await reader.has([...writer.acknowledged]);
      const [{ leader }] = await partitionsOf("reader-moves");
      await cluster.pause(leader);
      await writer.goesOn();
      await reader.has([...writer.acknowledged]);
      await cluster.resume(leader);
      await whole("reader-moves");
      await reader.stop();
      expect(reader.errors).toEqual([]);
      await expectAll(writer, "reader-moves");
    });

    test("kill -9 of a group's coordinator: its member reads on in order, and nothing comes that was committed", async () => {
      const writer = await writing("coordinator-killed");
      const reader = new Reader(cluster.addresses, "coordinator-killed", "stayers");
      await reader.commits();
      const coordinator = await coordinatorOf("stayers");
      await cluster.kill(coordinator);
      await writer.goesOn();
      await reader.has([...writer.acknowledged]);
      await reader.commits();
      await cluster.restart(coordinator);
      await whole("coordinator-killed");
      await writer.stop();
      await reader.has(writer.acknowledged);
      await reader.stop();
      expectEachOnceInOrder(reader);
      await expectAll(writer, "coordinator-killed");
    });

    test("a member that closes while its group's coordinator is dead commits first, and the next member begins there", async () => {
      const writer = await writing("coordinator-missed");
      const first = new Reader(cluster.addresses, "coordinator-missed", "leavers");
      await first.commits();
      const coordinator = await coordinatorOf("leavers");
      await cluster.kill(coordinator);
      await writer.goesOn();
      await first.stop();
      const second = new Reader(cluster.addresses, "coordinator-missed", "leavers");
      await second.commits();
      await cluster.restart(coordinator);
      await whole("coordinator-missed");
      await writer.stop();
      await second.has(writer.acknowledged.filter((value) => !first.read.includes(value)));
      await second.stop();
      expectEachOnceInOrder(first, second);
      await expectAll(writer, "coordinator-missed");
    });

    test("a rolling restart: the application sees no error", async () => {
      const writer = await writing("rolled");
      for (const id of ids) {
        await cluster.restart(id);
        await whole("rolled");
        await writer.goesOn();
      }
      await expectAll(writer, "rolled");
    });

    test("all brokers die at once: everything acknowledged is there when they are back", async () => {
      const writer = await writing("all-killed");
      await Promise.all(ids.map((id) => cluster.kill(id)));
      await Promise.all(ids.map((id) => cluster.restart(id)));
      await writer.goesOn();
      await whole("all-killed");
      await expectAll(writer, "all-killed");
    });

    /** An application that writes to a new topic, whose records are on all three brokers. */
    async function writing(topic: string): Promise<Writer> {
      expect(await millrace.run(`topic create ${topic} -p 3 -r 3 -c min.insync.replicas=2`)).toMatchObject({ code: 0 });
      const writer = new Writer(cluster.addresses, topic);
      await writer.goesOn();
      return writer;
    }

    async function partitionsOf(topic: string): Promise<[Partition, ...Partition[]]> {
      const [described] = await millrace.json<{ partitions: [Partition, ...Partition[]] }[]>(`topic describe ${topic} -o json`);
      return described!.partitions;
    }

    async function activeController(): Promise<number> {
      return (await millrace.json<{ controller: number }>("cluster status -o json")).controller;
    }

    async function coordinatorOf(group: string): Promise<number> {
      using client = await WireClient.connect(cluster.addresses[0]!);
      const { coordinators } = await client.ask("FindCoordinator", 4, { keyType: 0, coordinatorKeys: [group] });
      return coordinators[0]!.nodeId;
    }

    /** Resolves when every replica is in sync. */
    async function whole(topic: string): Promise<void> {
      while ((await partitionsOf(topic)).some(({ isr }) => isr.length < ids.length)) await sleep(lookMs);
    }

    /** Readers of one group, one after the other, saw no error, and each record of a partition once, from the first one on. */
    function expectEachOnceInOrder(...readers: readonly Reader[]): void {
      expect(readers.flatMap(({ errors, again }) => [...errors, ...again])).toEqual([]);
      for (const partition of new Set(readers.flatMap((reader) => [...reader.offsets.keys()]))) {
        const offsets = readers.flatMap((reader) => reader.offsets.get(partition) ?? []);
        expect(offsets, `partition ${partition}`).toEqual(offsets.map((_, index) => index));
      }
    }

    /** The application saw no error, and what it was told is there, once. */
    async function expectAll(writer: Writer, topic: string): Promise<void> {
      await writer.stop();
      const { stdout } = await millrace.run(`consume ${topic} --from start --exit`);
      expect(writer.errors).toEqual([]);
      expect(stdout.trim().split("\n").sort()).toEqual(writer.acknowledged.toSorted());
    }
  });
}
