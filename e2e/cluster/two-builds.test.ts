import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { codeOfWire } from "@millrace/vocabulary";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { clusterEnvironment, Controllers } from "../support/controllers.ts";
import { Millrace } from "../support/millrace.ts";
import { WireClient } from "../support/wire-client.ts";

const root = join(import.meta.dirname, "../..");
const { bundleInto } = (await import(join(root, "scripts/build.mjs"))) as {
  bundleInto(directory: string, plugins: readonly Plugin[]): Promise<void>;
};

const feature = "millrace.version";
/** The level that the sources know, and the one after it. */
const [present, next] = [1, 2];

/** The same version, but that it knows one more level of the metadata, in which nothing is new. */
const nextLevel: Plugin = {
  name: "next level",
  setup: ({ onLoad }) => {
    onLoad({ filter: /metadata\/src\/records\/levels\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const contents = source.replace(`metadataLevelMax = ${present}`, `metadataLevelMax = ${next}`);
      if (contents === source) throw new Error("the sources have moved on; so must this test");
      return { contents, loader: "ts" };
    });
  },
};

let folder: string;
let newer: string;
let controllers: Controllers;
let broker: BrokerProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "millrace-next-"));
  symlinkSync(join(root, "packages/runtime/node_modules"), join(folder, "node_modules"));
  await bundleInto(folder, [nextLevel]);
  newer = join(folder, "millrace.mjs");
  controllers = await Controllers.start();
  broker = await BrokerProcess.start({ environment: clusterEnvironment, set: controllers.brokerSettings(1) });
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
  await controllers[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const millrace = () => new Millrace(broker.bootstrap);
const levelNow = async () => (await millrace().json<{ features: Record<string, number> }>("cluster status -o json")).features[feature];

async function finalise(maxVersionLevel: number): Promise<string> {
  using client = await WireClient.connect(broker.bootstrap);
  const { errorCode } = await client.ask("UpdateFeatures", 2, { featureUpdates: [{ feature, maxVersionLevel }] });
  return codeOfWire(errorCode);
}

test("two builds of a controller are one quorum, at the level that is finalised, whichever of them leads", async () => {
  await controllers.kill(101);
  await controllers.restart(101, newer);
  for (const leader of [101, 102]) {
    expect(await millrace().run(`quorum transfer ${leader}`)).toMatchObject({ code: 0 });
    expect(await millrace().run(`topic create led-by-${leader}`)).toMatchObject({ code: 0 });
    expect(await levelNow()).toBe(present);
    // The older one does not know the level; the newer one asks the others, and they do not.
    expect(await finalise(next)).toBe("INVALID_UPDATE_VERSION");
  }
});

test("a level is finalised once every controller and every broker knows it", async () => {
  for (const id of [102, 103]) {
    await controllers.kill(id);
    await controllers.restart(id, newer);
  }
  await expect
    .poll(() =>
      millrace()
        .run("topic create by-newer-controllers --if-not-exists")
        .then(({ code }) => code),
    )
    .toBe(0);
  expect(await finalise(next)).toBe("INVALID_UPDATE_VERSION");
  broker = await broker.restart("SIGTERM", { environment: clusterEnvironment, set: controllers.brokerSettings(1), entry: newer });
  expect(await finalise(next)).toBe("NONE");
  expect(await levelNow()).toBe(next);
});

test("the older build stops where it finds a level that it does not know, and the others go on", async () => {
  const { leader } = await millrace().json<{ leader: number }>("quorum status -o json");
  const follower = controllers.ids.find((id) => id !== leader)!;
  await controllers.kill(follower);
  expect(await controllers.restartInVain(follower)).toContain("LEVEL_UNKNOWN");
  expect(await millrace().run("topic create afterwards")).toMatchObject({ code: 0 });
});
