import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const countLoaded = `const { createRequire } = await import("node:module");
  const loaded = () => Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes("grpc-js")).length;
  const { grpcPeers } = await import("@millrace/rpc");
  const peers = grpcPeers();
  const before = loaded();
  peers.channel({ host: "127.0.0.1", port: 1 });
  await import("@grpc/grpc-js");
  console.log(before, loaded() > 0);`;

test("grpc-js is not loaded before there is a channel", async () => {
  const options = { cwd: import.meta.dirname };
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", countLoaded], options);
  expect(stdout.trim()).toBe("0 true");
});
