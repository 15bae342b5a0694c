import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { codeOfWire, MiB } from "@millrace/vocabulary";
import { afterAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { batchOf, createTopic, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";
import { History } from "./history.ts";
import { sightings } from "./load.ts";
import { OffsetRegister } from "./offset-register.ts";
import { smallDisk } from "./small-disk.ts";

/** What a broker takes at the start (its reserve is 64 MiB, its stores a little), and some 80 MiB of records. */
const diskBytes = 320 * MiB;
/** When it goes, twice the reserve is free, from which on a broker takes records again. */
const ballastBytes = 150 * MiB;
const valueBytes = 400_000;

const disk = smallDisk(diskBytes);
afterAll(() => disk?.[Symbol.dispose]());

test.skipIf(disk === undefined)(
  "a full disk: produce is refused and nothing acknowledged is lost, metadata still commits, and all goes on when space returns",
  async () => {
    const ballast = join(disk!.path, "ballast");
    execFileSync("fallocate", ["-l", String(ballastBytes), ballast]);
    let broker = await BrokerProcess.start({ directory: join(disk!.path, "data") });
    try {
      let client = await WireClient.connect(broker.bootstrap);
      await createTopic(client, "orders", { configs: { "segment.bytes": "4194304" } });
      const history = new History(1);
      const register = new OffsetRegister("orders", () => broker.bootstrap);
      expect(await produceUntil(client, history, (code) => code !== "NONE")).toBe("KAFKA_STORAGE_ERROR");
      const beforeFull = history.acknowledged;
      for (let tries = 0; tries < 5; tries++) expect(await produceOne(client, history)).toBe("KAFKA_STORAGE_ERROR");
      await createTopic(client, "made-while-full");
      const { topics } = await client.ask("Metadata", 9, { topics: null });
      expect(topics.map(({ errorCode }) => codeOfWire(errorCode))).not.toContain("UNKNOWN_SERVER_ERROR");

      rmSync(ballast);
      await produceUntil(client, history, (code) => code === "NONE");
      for (let more = 0; more < 20; more++) expect(await produceOne(client, history)).toBe("NONE");
      const committed = register.acknowledged;
      while (register.acknowledged < committed + 5) await new Promise((resolve) => setTimeout(resolve, 20));
      await register.stop();
      expect([history.acknowledged - beforeFull, register.faults]).toEqual([21, []]);

      client.close();
      broker = await broker.restart("SIGKILL");
      client = await WireClient.connect(broker.bootstrap);
      expect(await history.check((partition) => sightings(client, "orders", partition))).toEqual([]);
      client.close();
    } finally {
      await broker[Symbol.asyncDispose]();
    }
  },
);

/** Produces one record after the other until the answer is as wanted; gives that answer. */
async function produceUntil(client: WireClient, history: History, isWanted: (code: string) => boolean): Promise<string> {
  for (;;) {
    const code = await produceOne(client, history);
    if (isWanted(code)) return code;
    if (code !== "NONE") await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function produceOne(client: WireClient, history: History): Promise<string> {
  const sequence = history.send(0, 0);
  const { code, baseOffset } = await produceBatch(client, "orders", batchOf([`0 ${sequence} `.padEnd(valueBytes, "x")]));
  if (code === "NONE") history.acknowledge(0, 0, sequence, baseOffset);
  else history.refuse(0, 0, sequence);
  return code;
}
