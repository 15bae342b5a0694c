import { strict as assert } from "node:assert";
import { type Claim, type InWorld, rejection } from "./claims.ts";
import { contentOf, type DiskWorld, fileWith, refusal } from "./disk-world.ts";

/** Files and directories by their names. */
export function nameClaims(claim: Claim, inWorld: InWorld<DiskWorld>): void {
  const claimIn = (sentence: string, prove: (world: DiskWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("create makes an empty file where nothing is; read and write open what is there", async ({ disk, directory }) => {
    const path = `${directory}/a`;
    await refusal(disk.open(path, "read"), "open", path, "ENOENT");
    await refusal(disk.open(path, "write"), "open", path, "ENOENT");
    const created = await disk.open(path, "create");
    assert.equal(await created.size(), 0);
    assert.equal(created.path, path);
    await refusal(disk.open(path, "create"), "open", path, "EEXIST");
    await (await disk.open(path, "write")).write([Buffer.from("abc")], 0);
    assert.equal(await contentOf(await disk.open(path, "read")), "abc");
  });

  claimIn("stat tells files from directories, and from nothing", async (world) => {
    const { disk, directory } = world;
    await fileWith(world, "a", "abc");
    const entry = await disk.stat(`${directory}/a`);
    assert.deepEqual({ kind: entry?.kind, sizeBytes: entry?.sizeBytes }, { kind: "file", sizeBytes: 3 });
    assert.ok(Number.isInteger(entry?.modifiedMs));
    assert.equal((await disk.stat(directory))?.kind, "directory");
    assert.equal(await disk.stat(`${directory}/b`), undefined);
    assert.equal(await disk.stat(`${directory}/a/b`), undefined);
  });

  claimIn("list is sorted, and of a directory", async (world) => {
    const { disk, directory } = world;
    for (const name of ["b", "a", "C", "10", "9"]) await fileWith(world, name, "");
    await disk.makeDirectory(`${directory}/d`);
    assert.deepEqual(await disk.list(directory), ["10", "9", "C", "a", "b", "d"]);
    await refusal(disk.list(`${directory}/none`), "list", `${directory}/none`, "ENOENT");
    await rejection(disk.list(`${directory}/a`), "DISK_FAILED");
  });

  claimIn("makeDirectory makes those above too, and is harmless where one is", async (world) => {
    const { disk, directory } = world;
    await disk.makeDirectory(`${directory}/a/b/c`);
    await disk.makeDirectory(`${directory}/a/b/c`);
    assert.deepEqual(await disk.list(`${directory}/a/b`), ["c"]);
    await fileWith(world, "file", "");
    await rejection(disk.makeDirectory(`${directory}/file/below`), "DISK_FAILED");
  });

  claimIn("rename replaces what was there, and leaves nothing behind", async (world) => {
    const { disk, directory } = world;
    const old = await fileWith(world, "to", "old");
    await fileWith(world, "from", "new");
    await disk.rename(`${directory}/from`, `${directory}/to`);
    assert.deepEqual(await disk.list(directory), ["to"]);
    assert.equal(await contentOf(await disk.open(`${directory}/to`, "read")), "new");
    assert.equal(await contentOf(old), "old");
    await rejection(disk.rename(`${directory}/from`, `${directory}/to`), "DISK_FAILED");
  });

  claimIn("rename moves a directory with all it holds", async ({ disk, directory }) => {
    await disk.makeDirectory(`${directory}/a/b`);
    await disk.rename(`${directory}/a`, `${directory}/c`);
    assert.deepEqual(await disk.list(`${directory}/c`), ["b"]);
  });

  claimIn("remove takes files and whole directories, is harmless where nothing is, and leaves open files readable", async (world) => {
    const { disk, directory } = world;
    const open = await fileWith(world, "a", "abc");
    await disk.makeDirectory(`${directory}/b/c`);
    await disk.remove(`${directory}/a`);
    await disk.remove(`${directory}/a`);
    await disk.remove(`${directory}/b`);
    assert.deepEqual(await disk.list(directory), []);
    assert.equal(await contentOf(open), "abc");
  });

  claimIn("syncDirectory and freeBytes are of a directory that is there", async ({ disk, directory }) => {
    await disk.syncDirectory(directory);
    assert.ok((await disk.freeBytes(directory)) > 0);
    await refusal(disk.syncDirectory(`${directory}/none`), "syncDirectory", `${directory}/none`, "ENOENT");
    await refusal(disk.freeBytes(`${directory}/none`), "freeBytes", `${directory}/none`, "ENOENT");
  });
}
