import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { hasProgram } from "../support/command.ts";
import { batchOf, createTopic, fetchOne, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

/** Where strace may not follow another process, nothing can be tried. */
const canInject = hasProgram("strace", "-f", "-o", "/dev/null", "true");

test.skipIf(!canInject).each([
  { call: "fdatasync", operation: "sync", meant: "a sync" },
  { call: "pwritev", operation: "write", meant: "a write" },
])(
  "$meant that fails with EIO ends the process with code 1 and says where; nothing is acknowledged after it",
  async ({ call, operation }) => {
    let broker = await BrokerProcess.start();
    try {
      using client = await WireClient.connect(broker.bootstrap);
      await createTopic(client, "orders", { configs: { "millrace.durability": "synced" } });
      for (const value of ["a", "b"]) expect((await produceBatch(client, "orders", batchOf([value]))).code).toBe("NONE");
      await failing(broker.pid, call);
      const answers = await Promise.allSettled([
        produceBatch(client, "orders", batchOf(["c"])),
        produceBatch(client, "orders", batchOf(["d"])),
      ]);
      for (const answer of answers) if (answer.status === "fulfilled") expect(answer.value.code).toBe("KAFKA_STORAGE_ERROR");
      expect(await broker.ended).toBe(1);
      const last = broker.log.findLast((line) => line.startsWith("millrace: "));
      expect(last).toMatch(new RegExp(`^millrace: KAFKA_STORAGE_ERROR: .*${broker.directory}.*operation=${operation}.*errno=EIO`));

      broker = await BrokerProcess.start({ directory: broker.directory });
      using again = await WireClient.connect(broker.bootstrap);
      // A synced topic shows what is synced; nobody writes here who would have it done.
      let highWatermark = 0;
      for (let tries = 0; tries < 30 && highWatermark < 2; tries++)
        ({ highWatermark } = await fetchOne(again, "orders", 0, { waitMs: 100 }));
      expect(highWatermark).toBeGreaterThanOrEqual(2);
      expect((await produceBatch(again, "orders", batchOf(["e"]))).code).toBe("NONE");
    } finally {
      await broker[Symbol.asyncDispose]();
    }
  },
);

/** From now on every such call of a process fails with EIO, until the process is gone. */
async function failing(pid: number, call: string): Promise<void> {
  const tracer = spawn("strace", ["-f", "-p", String(pid), "-e", `trace=${call}`, "-e", `inject=${call}:error=EIO`, "-o", "/dev/null"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  await Promise.race([once(createInterface({ input: tracer.stderr }), "line"), once(tracer, "exit")]);
}
