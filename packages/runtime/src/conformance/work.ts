import { strict as assert } from "node:assert";
import { assert as hold, KiB, MillraceError } from "@millrace/vocabulary";
import type { Task, Work } from "../ports/work.ts";
import { type Claim, type InWorld, numberedBytes, rejection } from "./claims.ts";

export interface WorkWorld {
  /** Serves `conformanceTasks`. */
  readonly work: Work;
}

/** The tasks that the proofs run. */
export const conformanceTasks: readonly Task[] = [
  { name: "echo", run: (input) => [...input] },
  { name: "join", run: (input) => [Buffer.concat(input)] },
  { name: "spin", run: (input) => [Buffer.from(String(spin(Number(Buffer.from(input[0]!).toString()))))] },
  {
    name: "refuse",
    run: () => {
      throw new MillraceError("CORRUPT_MESSAGE", { partition: "orders-3", offset: 120, parts: [1, 2] });
    },
  },
  {
    name: "fail",
    run: () => {
      throw new RangeError("no such luck");
    },
  },
  {
    name: "break",
    run: () => {
      hold(false, "this never holds");
      return [];
    },
  },
];

/** Takes its time. */
function spin(rounds: number): number {
  let sum = 0;
  for (let round = 0; round < rounds * 1000; round++) sum = (sum + round) | 0;
  return sum;
}

/** What the Work port promises. */
export function workSuite(claim: Claim, inWorld: InWorld<WorkWorld>): void {
  const claimIn = (sentence: string, prove: (world: WorkWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("a task's output is what it returned for its input, chunk by chunk", async ({ work }) => {
    const chunks = [numberedBytes(100 * KiB), Buffer.alloc(0), Buffer.from("abc")];
    const output = await work.run("echo", chunks);
    assert.deepEqual(
      output.map((chunk) => Buffer.from(chunk)),
      chunks,
    );
    assert.deepEqual(await work.run("echo", []), []);
  });

  claimIn("a task sees of a chunk what the chunk is, not the memory that it lies in", async ({ work }) => {
    const memory = numberedBytes(1000);
    const [joined] = await work.run("join", [memory.subarray(10, 20), memory.subarray(15, 25)]);
    assert.ok(Buffer.concat([memory.subarray(10, 20), memory.subarray(15, 25)]).equals(joined!));
    assert.ok(memory.equals(numberedBytes(1000)));
  });

  claimIn("moved input arrives, whether it could be moved or not", async ({ work }) => {
    const alone = new Uint8Array(50 * KiB).fill(7);
    const slice = numberedBytes(100).subarray(3, 9);
    const output = await work.run("echo", [alone, slice, Buffer.from("pooled")], { transfer: true });
    assert.deepEqual(
      output.map((chunk) => chunk.length),
      [50 * KiB, 6, 6],
    );
    assert.ok(numberedBytes(6, 3).equals(output[1]!));
    assert.equal(Buffer.from(output[2]!).toString(), "pooled");
    assert.equal(Buffer.from("the pool is whole").toString(), "the pool is whole");
  });

  claimIn("a MillraceError of a task keeps its code and facts", async ({ work }) => {
    const { facts } = await rejection(work.run("refuse", []), "CORRUPT_MESSAGE");
    assert.deepEqual({ ...facts }, { partition: "orders-3", offset: 120, parts: [1, 2] });
  });

  claimIn("another error of a task keeps its message, and a broken assertion stays one", async ({ work }) => {
    await assert.rejects(work.run("fail", []), { message: "no such luck" });
    await assert.rejects(work.run("break", []), { name: "AssertionBroken" });
    await assert.rejects(work.run("a task that nobody serves", []));
  });

  claimIn("each of many tasks at once gets its own answer", async ({ work }) => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const [answer] = await work.run(index % 3 === 0 ? "spin" : "echo", [Buffer.from(String(index))]);
        return Buffer.from(answer!).toString();
      }),
    );
    for (const [index, answer] of answers.entries()) assert.equal(answer, String(index % 3 === 0 ? spin(index) : index));
  });

  claimIn("close waits for what is under way, and refuses the rest", async ({ work }) => {
    let ended = 0;
    const tasks = Array.from({ length: 5 }, async () => {
      await work.run("spin", [Buffer.from("500")]);
      ended++;
    });
    await work.close();
    await Promise.all(tasks);
    assert.equal(ended, 5);
    await rejection(work.run("echo", []), "CLOSED");
  });
}
