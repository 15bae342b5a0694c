import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printImage } from "@millrace/metadata/testing";
import { MemoryKv } from "@millrace/raft/testing";
import type { Kv } from "@millrace/runtime";
import { RealKvStores } from "@millrace/runtime/real";
import { MiB } from "@millrace/vocabulary";
import { describe, expect, test } from "vitest";
import { begin, Reference } from "./support/life.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const stores = (await readdir(fixtures, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);

async function opens(kv: Kv, store: string): Promise<void> {
  const reference = new Reference();
  const { quorum } = await begin(kv, { reference });
  const image = await readFile(join(fixtures, store, "image.txt"), "utf8");
  expect(`${printImage(reference.found!).join("\n")}\n`).toBe(image);
  await quorum.close();
}

test("there is a store of each format", () => {
  expect(stores).toEqual(["level-1"]);
});

describe.each(stores)("%s", (store) => {
  test("what an earlier version wrote, key by key, is the image that it was", async () => {
    const text = await readFile(join(fixtures, store, "entries.txt"), "utf8");
    const entries = text
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ").map((hex) => Buffer.from(hex, "hex")) as [Buffer, Buffer]);
    await opens(new MemoryKv(entries), store);
  });

  test("what an earlier version wrote, as it lay on the disk, is the image that it was", async () => {
    const folder = await mkdtemp(join(tmpdir(), "millrace-fixture-"));
    try {
      await cp(join(fixtures, store, "lmdb"), folder, { recursive: true });
      const kv = await new RealKvStores().open(folder, { bytesMax: 16 * MiB });
      await opens(kv, store);
      await kv.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
