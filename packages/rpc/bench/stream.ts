// What a stream of messages costs, both ends in one process: `node packages/rpc/bench/stream.ts`.
//
//   - CPU per MiB for messages of 128 KiB and 1 MiB, of one part and of two;
//   - throughput over a wire of 5 ms each way, where a window of 65,535 bytes would allow 6.5 MB/s.
import { KiB, MiB } from "@millrace/vocabulary";
import type { Encoded, PeerListener } from "@millrace/runtime";
import { grpcPeers } from "@millrace/rpc";
import { delayProxy } from "./delay-proxy.ts";

const path = "/millrace.bench.v1.Bench/Take";
const warmUpBytes = 128 * MiB;

/** Sends messages until `totalBytes` have gone, and resolves to what the part after the warm-up cost. */
async function flood(port: number, message: Encoded, totalBytes: number, received: () => number) {
  const channel = peers.channel({ host: "127.0.0.1", port });
  const stream = channel.stream(path);
  let drained = () => {};
  stream.receive({ message: () => {}, ended: () => {}, drained: () => drained(), closed: () => {} });
  const messageBytes = message.reduce((sum, part) => sum + part.length, 0);
  const send = async (bytes: number) => {
    const goal = received() + bytes;
    for (let sent = 0; sent < bytes; sent += messageBytes)
      if (!stream.send(message)) await new Promise<void>((resolve) => void (drained = resolve));
    while (received() < goal) await new Promise((resolve) => void setTimeout(resolve, 1));
  };
  await send(Math.min(warmUpBytes, totalBytes));
  const [cpu, startMs] = [process.cpuUsage(), performance.now()];
  await send(totalBytes);
  const { user, system } = process.cpuUsage(cpu);
  const elapsedMs = performance.now() - startMs;
  channel.close();
  return { cpuMsPerMiB: (user + system) / 1000 / (totalBytes / MiB), mibPerSecond: totalBytes / MiB / (elapsedMs / 1000) };
}

const peers = grpcPeers();
let receivedBytes = 0;
const listener: PeerListener = await peers.serve({ host: "127.0.0.1", port: 0 }, [
  {
    kind: "stream",
    path,
    handle: (stream) =>
      stream.receive({
        message: (message) => void (receivedBytes += message.length),
        ended: () => stream.end(),
        drained: () => {},
        closed: () => {},
      }),
  },
]);

for (const sizeBytes of [128 * KiB, MiB])
  for (const parts of [[sizeBytes], [32, sizeBytes - 32]]) {
    const message = parts.map((bytes) => Buffer.alloc(bytes, 1));
    const { cpuMsPerMiB, mibPerSecond } = await flood(listener.address.port, message, 1024 * MiB, () => receivedBytes);
    console.log(
      `${sizeBytes / KiB} KiB in ${parts.length} parts: ${cpuMsPerMiB.toFixed(2)} ms CPU per MiB, ${mibPerSecond.toFixed(0)} MiB/s`,
    );
  }

const proxy = await delayProxy(listener.address.port, 5);
for (const sizeBytes of [128 * KiB, MiB]) {
  const { mibPerSecond } = await flood(proxy.port, [Buffer.alloc(sizeBytes, 1)], 128 * MiB, () => receivedBytes);
  console.log(`${sizeBytes / KiB} KiB over 5 ms each way: ${mibPerSecond.toFixed(0)} MiB/s`);
}
proxy.close();
await listener.close(0);
