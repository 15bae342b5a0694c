// Why RealDiskFile uses callbacks on descriptors: the same operations by FileHandle, by callback and synchronously.
//
//     node packages/runtime/bench/disk.ts
import fs from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rounds = 5000;
const directory = fs.mkdtempSync(join(tmpdir(), "millrace-bench-"));
const path = join(directory, "file");
const handle = await open(path, "w+");
const { fd } = handle;

const byCallback = <Result>(start: (done: (error: Error | null, result: Result) => void) => void) =>
  new Promise<Result>((resolve, reject) => start((error, result) => (error ? reject(error) : resolve(result))));

async function measure(name: string, operate: (round: number) => unknown): Promise<void> {
  for (let round = 0; round < rounds / 10; round++) await operate(round);
  const [fromMs, cpu] = [performance.now(), process.cpuUsage()];
  for (let round = 0; round < rounds; round++) await operate(round);
  const tookUs = ((performance.now() - fromMs) * 1000) / rounds;
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${name.padEnd(32)} ${tookUs.toFixed(1).padStart(7)} µs ${((user + system) / rounds).toFixed(1).padStart(7)} µs of CPU`);
}

for (const [count, bytes] of [
  [1, 1024],
  [64, 1024],
  [4, 65_536],
] as const) {
  const buffers = Array.from({ length: count }, () => Buffer.alloc(bytes, 7));
  const at = (round: number) => (round % 64) * count * bytes;
  await measure(`writev ${count} x ${bytes} FileHandle`, (round) => handle.writev(buffers, at(round)));
  await measure(`writev ${count} x ${bytes} callback`, (round) =>
    byCallback<number>((done) => fs.writev(fd, buffers, at(round), (error, written) => done(error, written))),
  );
  await measure(`writev ${count} x ${bytes} synchronous`, (round) => fs.writevSync(fd, buffers, at(round)));
}
for (const bytes of [4096, 65_536, 1 << 20]) {
  const into = Buffer.alloc(bytes);
  await measure(`read ${bytes} FileHandle`, () => handle.read(into, 0, bytes, 0));
  await measure(`read ${bytes} callback`, () =>
    byCallback<number>((done) => fs.read(fd, into, 0, bytes, 0, (error, read) => done(error, read))),
  );
  await measure(`read ${bytes} synchronous`, () => fs.readSync(fd, into, 0, bytes, 0));
}
await handle.close();
fs.rmSync(directory, { recursive: true });
