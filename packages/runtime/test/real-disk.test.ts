import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RealDisk } from "../src/real/index.ts";
import { Child, hasStrace } from "./child.ts";
import { inDirectory } from "./worlds.ts";

test("a directory that another process claimed is DATA_IN_USE, and free as soon as that process is killed", () =>
  inDirectory(async (directory) => {
    for (let time = 0; time < 3; time++) {
      const holder = new Child("claim", [directory]);
      await holder.told("claimed");
      await expect(new RealDisk().claim(directory)).rejects.toMatchObject({ code: "DATA_IN_USE" });
      await holder.kill();
    }
    const claim = await new RealDisk().claim(directory);
    await claim.release();
  }));

test("of many processes that find a killed one's claim at once, one takes its place", () =>
  inDirectory(async (directory) => {
    const holder = new Child("claim", [directory]);
    await holder.told("claimed");
    await holder.kill();
    const children = Array.from({ length: 4 }, () => new Child("claim", [directory]));
    const own = Array.from({ length: 8 }, () => new RealDisk().claim(directory));
    const settled = await Promise.allSettled(own);
    const told = await Promise.allSettled(children.map((child) => child.told("claimed")));
    const holders = [...settled, ...told].filter(({ status }) => status === "fulfilled").length;
    for (const child of children) await child.kill();
    for (const each of settled) if (each.status === "fulfilled") await each.value.release();
    expect(holders).toBe(1);
  }));

test("a claim leaves at most two small entries behind, however often the directory was claimed", () =>
  inDirectory(async (directory) => {
    for (let time = 0; time < 10; time++) await (await new RealDisk().claim(directory)).release();
    const names = await readdir(directory);
    expect(names.length).toBeLessThanOrEqual(2);
  }));

test.runIf(hasStrace)("where the file system knows no sockets, a claim lies among the temporary files, and holds all the same", () =>
  inDirectory(async (directory) => {
    const [data, temporary] = [join(directory, "data"), join(directory, "tmp")];
    for (const path of [data, temporary]) await mkdir(path);
    const noSockets = ["env", `TMPDIR=${temporary}`, "strace", "-f", "-o", "/dev/null", "-e", "inject=bind:error=EOPNOTSUPP:when=1"];
    const holder = new Child("claim", [data], noSockets);
    await holder.told("claimed");
    expect(await readdir(data)).toEqual([]);
    expect(await new Child("claim", [data], noSockets).ended()).toBe("DATA_IN_USE");
    await holder.kill();
    const next = new Child("claim", [data], noSockets);
    await next.told("claimed");
    await next.kill();
  }),
);

test.runIf(existsSync("/dev/full"))("a device without room is DISK_FULL", async () => {
  const file = await new RealDisk().open("/dev/full", "write");
  await expect(file.write([Buffer.from("x")], 0)).rejects.toMatchObject({
    code: "DISK_FULL",
    facts: { operation: "write", path: "/dev/full", errno: "ENOSPC" },
  });
  await file.close();
});

test.runIf(process.platform === "linux")("a write that the kernel cut short goes on where it stopped, until it is refused", () =>
  inDirectory(async (directory) => {
    const path = join(directory, "file");
    const limited = new Child("write", [path], ["/bin/sh", "-c", 'trap "" XFSZ; ulimit -f 8; exec "$@"', "sh"]);
    expect(await limited.ended()).toBe("DISK_FAILED EFBIG");
    expect((await readFile(path)).toString()).toBe("a".repeat(3000) + "b".repeat(1096));
  }),
);

test("files and directories are the owner's alone", () =>
  inDirectory(async (directory) => {
    const disk = new RealDisk();
    await disk.makeDirectory(join(directory, "data"));
    await (await disk.open(join(directory, "data", "log"), "create")).close();
    expect([await modeOf(join(directory, "data")), await modeOf(join(directory, "data", "log"))]).toEqual([0o700, 0o600]);
  }));

test("a file of an older claim that is no socket is stale", () =>
  inDirectory(async (directory) => {
    await writeFile(join(directory, "in-use.7"), "copied from elsewhere");
    const claim = await new RealDisk().claim(directory);
    await expect(new RealDisk().claim(directory)).rejects.toMatchObject({ code: "DATA_IN_USE" });
    await claim.release();
  }));

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}
