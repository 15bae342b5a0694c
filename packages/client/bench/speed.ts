// What a record costs a client, against a broker that runs: `node packages/client/bench/speed.ts localhost:9092 [bytes per record]`.
import { bytes, connect, topic } from "@millrace/client";

const [addresses = "localhost:9092", size = "1000"] = process.argv.slice(2);
const records = 300_000;
const value = Buffer.alloc(Number(size), 1);
const flood = topic(`bench.${process.pid}`, { value: bytes });

await using mill = connect(addresses);
await mill.admin.topics.create(flood.name, { partitions: 1 });

/** Runs something and prints what each record took. */
async function measure(name: string, run: () => Promise<void>): Promise<void> {
  const [cpu, startMs] = [process.cpuUsage(), performance.now()];
  await run();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - startMs) / 1000;
  const perSecond = records / seconds;
  const words = [`${perSecond.toFixed(0)} /s`, `${((perSecond * value.length) / 1e6).toFixed(0)} MB/s`];
  console.log(name.padEnd(24), ...words, `${((user + system) / records).toFixed(1)} us of CPU each`);
}

const producer = mill.producer();
for (let round = 1; round <= 3; round++) {
  await measure(`enqueue, round ${round}`, async () => {
    for (let count = 0; count < records; count++) {
      const taken = producer.enqueue(flood, { value });
      if (count % 100 === 0) await taken;
    }
    await producer.flush();
  });
  await measure(`send by 1000, round ${round}`, async () => {
    for (let count = 0; count < records; count += 1000)
      await Promise.all(Array.from({ length: 1000 }, () => producer.send(flood, { value })));
  });
}

const reading = { partitions: "all", from: "earliest", prefetchBytesMax: 32 * 1024 * 1024 } as const;
await measure("loop", async () => {
  let count = 0;
  for await (const record of mill.consumer([flood], reading)) if (record.offset >= 0 && ++count === records) break;
});
for (const concurrency of [1, 100])
  await measure(`run, ${concurrency} at once`, async () => {
    let count = 0;
    const consumer = mill.consumer([flood], reading);
    const handle = () => {
      if (++count === records) void consumer.close();
    };
    await consumer.run(handle, { concurrency, ordering: "none" });
  });
await mill.admin.topics.delete(flood.name);
