import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RealKvStores } from "../src/real/index.ts";
import { Child, hasStrace } from "./child.ts";
import { inDirectory } from "./worlds.ts";

const bytesMax = 1 << 24;

test("a process killed at any moment leaves each commit as a whole, and all that it had told of", () =>
  inDirectory(async (directory) => {
    for (const count of [1, 5, 20]) {
      const path = join(directory, String(count));
      const child = new Child("commit", [path]);
      await child.told(`safe ${count}`);
      await child.kill();
      const store = await new RealKvStores().open(path, { bytesMax });
      const [x, y] = ["x", "y"].map((key) => Number(store.get(Buffer.from(key))));
      const told = Number(child.lines.at(-1)!.split(" ")[1]);
      expect(x).toBe(y);
      expect(x).toBeGreaterThanOrEqual(told);
      await store.close();
    }
  }));

test.runIf(hasStrace)("a commit resolves after the data was synced and the page that names it was written through", () =>
  inDirectory(async (directory) => {
    const [path, trace] = [join(directory, "store"), join(directory, "trace")];
    const calls = "trace=fdatasync,pwrite64,openat,write";
    await new Child("commit", [path, "5"], ["strace", "-f", "-o", trace, "-e", calls]).ended();
    const lines = (await readFile(trace, "utf8")).split("\n");
    const through = /= (\d+)$/.exec(lines.find((line) => line.includes("data.mdb") && line.includes("O_DSYNC"))!)![1];
    const steps = lines.flatMap((line) => {
      if (/fdatasync\(\d+\) += 0/.test(line)) return ["sync"];
      // One of the two head pages, behind what they begin with: 40 bytes.
      if (line.includes(`pwrite64(${through},`) && /, (40|4136)\) = \d+$/.test(line)) return ["name"];
      return [/"(safe \d)\\n"/.exec(line)?.[1] ?? []].flat();
    });
    const first = steps.indexOf("safe 1");
    expect(steps.slice(first - 2)).toEqual([1, 2, 3, 4, 5].flatMap((number) => ["sync", "name", `safe ${number}`]));
  }),
);

test.runIf(hasStrace)("after a sync that failed every commit is DISK_FAILED, and no rejection is left unhandled", () =>
  inDirectory(async (directory) => {
    const fault = "inject=fdatasync:error=EIO:when=2+";
    const child = new Child("commit", [join(directory, "store"), "9"], ["strace", "-f", "-o", "/dev/null", "-e", fault]);
    await child.ended();
    const firstFailure = child.lines.findIndex((line) => line.startsWith("DISK_FAILED"));
    expect(firstFailure).toBeGreaterThan(0);
    expect(child.lines.length).toBe(9);
    expect(child.lines.slice(firstFailure).every((line) => line.startsWith("DISK_FAILED"))).toBe(true);
  }),
);

test("a value that rotted on disk is DATA_DAMAGED, with its key; the others are read as ever", () =>
  inDirectory(async (directory) => {
    const stores = new RealKvStores();
    const store = await stores.open(directory, { bytesMax });
    await store.commit(["good", "bad"].map((name) => ({ key: Buffer.from(name), value: Buffer.from(`the ${name} value`) })));
    await store.close();
    const file = join(directory, "data.mdb");
    const bytes = await readFile(file);
    for (let at = bytes.indexOf("the bad value"); at >= 0; at = bytes.indexOf("the bad value")) bytes[at + 4]! ^= 1;
    await writeFile(file, bytes);
    const again = await stores.open(directory, { bytesMax });
    expect(() => again.get(Buffer.from("bad"))).toThrow(
      expect.objectContaining({ code: "DATA_DAMAGED", facts: expect.objectContaining({ key: "626164" }) }),
    );
    expect(() => [...again.range({})]).toThrow(expect.objectContaining({ code: "DATA_DAMAGED" }));
    expect(again.get(Buffer.from("good"))?.toString()).toBe("the good value");
    await again.close();
  }));

test("a file that is no store is DATA_DAMAGED, and is left as it is", () =>
  inDirectory(async (directory) => {
    const file = join(directory, "data.mdb");
    await writeFile(file, Buffer.alloc(8192, "x"));
    await expect(new RealKvStores().open(directory, { bytesMax })).rejects.toMatchObject({ code: "DATA_DAMAGED" });
    expect((await readFile(file)).equals(Buffer.alloc(8192, "x"))).toBe(true);
  }));

test("a store's files are the owner's alone, and stay near bytesMax while it is full", () =>
  inDirectory(async (directory) => {
    const store = await new RealKvStores().open(directory, { bytesMax: 1 << 20 });
    for (let round = 0; round < 200; round++) {
      const changes = Array.from({ length: 10 }, (_, index) => ({
        key: Buffer.from(`k${(round * 7 + index * 31) % 300}`),
        value: Buffer.alloc(5000, round),
      }));
      await store.commit(changes).catch((error: unknown) => expect(error).toMatchObject({ code: "DISK_FULL" }));
    }
    const { mode, size } = await stat(join(directory, "data.mdb"));
    expect(mode & 0o777).toBe(0o600);
    expect(size).toBeLessThan(2 << 20);
    await store.close();
  }));
