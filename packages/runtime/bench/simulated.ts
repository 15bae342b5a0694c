// How many events a second the simulated world lets happen: timers, calls between two processes, writes.
//
//     node packages/runtime/bench/simulated.ts
import { simulatedWorld } from "../src/simulated/index.ts";

const path = "/millrace.bench.v1.Bench/Echo";
const world = simulatedWorld(1);
const [a, b] = [world.process("a"), world.process("b")];
await world.drive(b.peers.serve({ host: "b", port: 1000 }, [{ kind: "unary", path, handle: async (request) => [request] }]));
const channel = a.peers.channel({ host: "b", port: 1000 });
const file = await world.drive(a.disk.open("/file", "create"));
const payload = [Buffer.alloc(100)];

async function measure(name: string, operate: (worker: number, round: number) => Promise<unknown>): Promise<void> {
  const work = async (worker: number) => {
    for (let round = 0; round < 5000; round++) await operate(worker, round);
  };
  const [fromEvents, fromMs] = [world.events, performance.now()];
  await world.drive(Promise.all(Array.from({ length: 10 }, (_, worker) => work(worker))));
  const perSecond = ((world.events - fromEvents) / (performance.now() - fromMs)) * 1000;
  console.log(`${name.padEnd(8)} ${Math.round(perSecond).toLocaleString("en")} events/s`);
}

for (let time = 0; time < 2; time++) {
  await measure("timers", () => new Promise<void>((resolve) => void a.clock.timer(1, resolve)));
  await measure("calls", () => channel.call(path, payload, { timeoutMs: 1000 }));
  await measure("writes", (worker, round) => file.write(payload, worker * 100_000 + (round % 1000) * 100));
}
