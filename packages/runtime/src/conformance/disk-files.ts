import { strict as assert } from "node:assert";
import { MiB } from "@millrace/vocabulary";
import { type Claim, type InWorld, numberedBytes } from "./claims.ts";
import { contentOf, type DiskWorld, fileWith, refusal } from "./disk-world.ts";

/** Open files. */
export function fileClaims(claim: Claim, inWorld: InWorld<DiskWorld>): void {
  const claimIn = (sentence: string, prove: (world: DiskWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("what is written at a position is read there, the buffers one after the other", async (world) => {
    const file = await fileWith(world, "a", "0123456789");
    await file.write([Buffer.from("ab"), Buffer.alloc(0), Buffer.from("c")], 4);
    assert.equal(await contentOf(file), "0123abc789");
    assert.equal(await file.size(), 10);
  });

  claimIn("a write takes more buffers than one system call does, and more bytes than a pipe holds", async (world) => {
    const file = await world.disk.open(`${world.directory}/many`, "create");
    const bytes = numberedBytes(3 * MiB);
    const buffers = Array.from({ length: 3000 }, (_, index) => bytes.subarray(index * 1000, (index + 1) * 1000));
    await file.write(buffers, 0);
    const into = Buffer.alloc(3_000_000);
    assert.equal(await file.read(into, 0), 3_000_000);
    assert.ok(into.equals(bytes.subarray(0, 3_000_000)));
  });

  claimIn("a write of nothing does nothing", async (world) => {
    const file = await fileWith(world, "a", "abc");
    await file.write([], 1);
    await file.write([Buffer.alloc(0)], 100);
    assert.equal(await contentOf(file), "abc");
  });

  claimIn("a read fills all it was given, and comes short only where the file ends", async (world) => {
    const file = await fileWith(world, "a", "0123456789");
    const into = Buffer.alloc(8, "-");
    assert.equal(await file.read(into, 0), 8);
    assert.equal(into.toString(), "01234567");
    assert.equal(await file.read(into, 7), 3);
    assert.equal(into.toString(), "78934567");
    assert.equal(await file.read(into, 10), 0);
    assert.equal(await file.read(into, 1000), 0);
    assert.equal(await file.read(Buffer.alloc(0), 3), 0);
  });

  claimIn("a write past the end leaves zeros between", async (world) => {
    const file = await fileWith(world, "a", "ab");
    await file.write([Buffer.from("z")], 5);
    assert.equal(await contentOf(file), "ab\0\0\0z");
  });

  claimIn("operations that are under way together all happen", async (world) => {
    const file = await world.disk.open(`${world.directory}/a`, "create");
    const bytes = numberedBytes(64 * 1000);
    const parts = Array.from({ length: 64 }, (_, index) => index * 1000);
    await Promise.all(parts.map((position) => file.write([bytes.subarray(position, position + 1000)], position)));
    const reads = await Promise.all(
      parts.map(async (position) => {
        const into = Buffer.alloc(1000);
        await file.read(into, position);
        return into;
      }),
    );
    assert.ok(Buffer.concat(reads).equals(bytes));
  });

  claimIn("truncate cuts, or fills with zeros, and what was cut does not come back", async (world) => {
    const file = await fileWith(world, "a", "0123456789");
    await file.truncate(4);
    assert.equal(await contentOf(file), "0123");
    await file.truncate(7);
    assert.equal(await contentOf(file), "0123\0\0\0");
  });

  claimIn("a file that is open to read is not written", async (world) => {
    await (await fileWith(world, "a", "abc")).close();
    const path = `${world.directory}/a`;
    const file = await world.disk.open(path, "read");
    await refusal(file.write([Buffer.from("x")], 0), "write", path, "EBADF");
    assert.equal(await contentOf(file), "abc");
  });

  claimIn("sync resolves, for a file that was written, and for one that was not", async (world) => {
    const file = await fileWith(world, "a", "abc");
    await file.sync();
    await file.sync();
    assert.equal(await contentOf(file), "abc");
  });

  claimIn("close waits for what is under way, may be called again, and refuses the rest", async (world) => {
    const file = await fileWith(world, "a", "");
    let written = 0;
    const writes = Array.from({ length: 32 }, async (_, index) => {
      await file.write([numberedBytes(MiB)], index * MiB);
      written++;
    });
    await file.close();
    assert.equal(written, 32);
    await Promise.all(writes);
    await file.close();
    await refusal(file.sync(), "sync", file.path, "EBADF");
    await refusal(file.write([Buffer.from("x")], 0), "write", file.path, "EBADF");
  });

  claimIn("counters say what passed", async (world) => {
    const before = { ...world.disk.counters };
    const file = await fileWith(world, "a", "0123456789");
    await file.read(Buffer.alloc(100), 4);
    await file.sync();
    const { reads, readBytes, writes, writtenBytes, syncs } = world.disk.counters;
    assert.deepEqual([reads - before.reads, readBytes - before.readBytes], [1, 6]);
    assert.deepEqual([writes - before.writes, writtenBytes - before.writtenBytes, syncs - before.syncs], [1, 10, 1]);
  });
}
