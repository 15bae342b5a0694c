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
  { call: "pwrite64,pwritev", operation: "write", meant: "a write" },
])(
  "$meant that fails with EIO ends the process with code 1 and says where; nothing is acknowledged after it",
  async ({ call, operation }) => {
    let broker = await BrokerProcess.start();
    try {
      using client = await WireClient.connect(broker.bootstrap);
      await createTopic(client, "orders", { configs: { "millrace.durability": "synced" } });
      const send = (value: string) => produceBatch(client, "orders", batchOf([value])).then(({ code }) => code);
      expect([await send("a"), await send("b")]).toEqual(["NONE", "NONE"]);
      await failing(broker.pid, call);
      let acknowledged = 2;
      // The tracer takes the threads one by one: the last of them may still write.
      const untilRefused = async () => {
        for (; acknowledged < recordsMax; acknowledged++) if ((await send("c")) !== "NONE") return;
      };
      await untilRefused().catch(() => {});
      expect(acknowledged).toBeLessThan(recordsMax);
      const later = await Promise.allSettled([send("d"), send("e")]);
      for (const answer of later) if (answer.status === "fulfilled") expect(answer.value).toBe("KAFKA_STORAGE_ERROR");
      expect(await broker.ended).toBe(1);
      const last = broker.log.findLast((line) => line.startsWith("millrace: "));
      expect(last).toMatch(new RegExp(`^millrace: KAFKA_STORAGE_ERROR: .*${broker.directory}.*operation=${operation}.*errno=EIO`));

      broker = await BrokerProcess.start({ directory: broker.directory });
      using again = await WireClient.connect(broker.bootstrap);
      // A synced topic shows what is synced; nobody writes here who would have it done.
      let highWatermark = 0;
      for (let tries = 0; tries < 30 && highWatermark < acknowledged; tries++)
        ({ highWatermark } = await fetchOne(again, "orders", 0, { waitMs: 100 }));
      expect(highWatermark).toBeGreaterThanOrEqual(acknowledged);
      expect((await produceBatch(again, "orders", batchOf(["f"]))).code).toBe("NONE");
    } finally {
      await broker[Symbol.asyncDispose]();
    }
  },
);

/** So many are not acknowledged before a tracer has taken every thread. */
const recordsMax = 1000;

/** From now on every such call of a process fails with EIO, until the process is gone. */
async function failing(pid: number, call: string): Promise<void> {
  const tracer = spawn("strace", ["-f", "-p", String(pid), "-e", `trace=${call}`, "-e", `inject=${call}:error=EIO`, "-o", "/dev/null"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  await Promise.race([once(createInterface({ input: tracer.stderr }), "line"), once(tracer, "exit")]);
}
