import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const contracts = join(import.meta.dirname, "..");
const generated = join(contracts, "src/generated");

test("what is checked in is what generate.mjs makes of proto/", async () => {
  const fresh = await mkdtemp(join(tmpdir(), "contracts-"));
  try {
    await promisify(execFile)(process.execPath, [join(contracts, "generate.mjs"), fresh]);
    expect(await readdir(generated)).toEqual(await readdir(fresh));
    for (const name of await readdir(fresh)) {
      const isSame = (await readFile(join(generated, name))).equals(await readFile(join(fresh, name)));
      expect(isSame, `${name} is out of date: run \`node packages/contracts/generate.mjs\``).toBe(true);
    }
  } finally {
    await rm(fresh, { recursive: true });
  }
});
