// Uses every port of the real world once, and is done: nothing that is left keeps the process alive.
import { realRuntime } from "../../src/real/index.ts";

const unused = () => {
  throw new Error("no peers here");
};
const runtime = realRuntime({
  peers: { channel: unused, serve: unused },
  log: { level: "info", form: "json" },
  work: { entry: new URL("../work-entry.ts", import.meta.url), size: 1 },
});
runtime.clock.timer(60_000, () => {});
runtime.host.takeLoopDelay();
const directory = process.argv[2]!;
await runtime.disk.claim(directory);
await runtime.kv.open(`${directory}/store`, { bytesMax: 1 << 20 });
await runtime.work.run("echo", [Buffer.from("x")]);
runtime.logger.info("done", { bootId: runtime.host.bootId });
console.log("done");
