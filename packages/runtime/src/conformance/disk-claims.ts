import { strict as assert } from "node:assert";
import { type Claim, type InWorld, rejection } from "./claims.ts";
import { type DiskWorld, refusal } from "./disk-world.ts";

/** Claimed directories. */
export function claimClaims(claim: Claim, inWorld: InWorld<DiskWorld>): void {
  const claimIn = (sentence: string, prove: (world: DiskWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("a claimed directory is DATA_IN_USE until it is released, time after time", async ({ disk, directory }) => {
    for (let time = 0; time < 3; time++) {
      const held = await disk.claim(directory);
      await rejection(disk.claim(directory), "DATA_IN_USE");
      await held.release();
    }
  });

  claimIn("of many claims at once one holds, and the others are DATA_IN_USE", async ({ disk, directory }) => {
    for (let time = 0; time < 3; time++) {
      const claims = await Promise.allSettled(Array.from({ length: 8 }, () => disk.claim(directory)));
      const held = claims.filter((settled) => settled.status === "fulfilled");
      assert.equal(held.length, 1);
      await held[0]!.value.release();
    }
  });

  claimIn("directories are claimed one by one, and a claim shows in no list", async ({ disk, directory }) => {
    await disk.makeDirectory(`${directory}/a`);
    const outer = await disk.claim(directory);
    const inner = await disk.claim(`${directory}/a`);
    assert.deepEqual(await disk.list(directory), ["a"]);
    assert.deepEqual(await disk.list(`${directory}/a`), []);
    await inner.release();
    await outer.release();
  });

  claimIn("a directory that is not there cannot be claimed", async ({ disk, directory }) => {
    await refusal(disk.claim(`${directory}/none`), "claim", `${directory}/none`, "ENOENT");
  });

  claimIn("a directory with a path of 300 bytes is claimed like any other", async ({ disk, directory }) => {
    const path = `${directory}/${"deep/".repeat(60)}end`;
    await disk.makeDirectory(path);
    const held = await disk.claim(path);
    await rejection(disk.claim(path), "DATA_IN_USE");
    await held.release();
    await (await disk.claim(path)).release();
  });
}
