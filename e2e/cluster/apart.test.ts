import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { Millrace } from "../support/millrace.ts";

const environment = { CLUSTER_ID: "MkU3OEVBNTcwNTJENDM2Qg" };
const controllerId = 100;

interface Status {
  readonly controller: number;
  readonly brokers: readonly { readonly id: number; readonly isFenced: boolean; readonly leads: number }[];
}

/** The settings of a process that is a controller and no broker. */
function controllerAt(address: string): string[] {
  return ["process.roles=controller", `node.id=${controllerId}`, `listeners=CONTROLLER://${address}`];
}

function brokerOf(id: number): string[] {
  return ["process.roles=broker", `node.id=${id}`, `controller.quorum.voters=${controllerId}@${controller.bootstrap}`];
}

let controller: BrokerProcess;
let brokers: BrokerProcess[];
let millrace: Millrace;

beforeAll(async () => {
  controller = await BrokerProcess.start({ environment, set: controllerAt("127.0.0.1:0") });
  brokers = await Promise.all([1, 2].map((id) => BrokerProcess.start({ environment, set: brokerOf(id) })));
  millrace = new Millrace(brokers[0]!.bootstrap);
});
afterAll(async () => {
  for (const broker of brokers) await broker[Symbol.asyncDispose]();
  await controller[Symbol.asyncDispose]();
});

/** The second broker's state, once it is this. */
async function untilFenced(isFenced: boolean): Promise<void> {
  for (;;) {
    const { brokers: shown } = await millrace.json<Status>("cluster status -o json");
    if (shown.find(({ id }) => id === 2)?.isFenced === isFenced) return;
  }
}

async function consumed(): Promise<string[]> {
  const { stdout } = await millrace.run("consume orders --from start --exit");
  return stdout.trim().split("\n").sort();
}

test("two brokers and a controller, in three processes, are one cluster", async () => {
  const created = await millrace.run("topic create orders -p 2 -r 1");
  expect(created).toMatchObject({ code: 0 });
  const { controller: active, brokers: shown } = await millrace.json<Status>("cluster status -o json");
  expect(active).toBe(controllerId);
  expect(shown.map(({ id, isFenced, leads }) => ({ id, isFenced, leads }))).toEqual([
    { id: 1, isFenced: false, leads: 1 },
    { id: 2, isFenced: false, leads: 1 },
  ]);
  expect(await millrace.run("produce orders", "a\nb\nc\n")).toMatchObject({ code: 0 });
});

test("a broker that is killed shows as fenced, and comes back with what it acknowledged", async () => {
  brokers[1] = await brokers[1]!.restart("SIGKILL", { environment, set: brokerOf(2) });
  await untilFenced(false);
  await brokers[1].kill("SIGKILL");
  await untilFenced(true);
  brokers[1] = await brokers[1].restart("SIGKILL", { environment, set: brokerOf(2) });
  await untilFenced(false);
  expect(await consumed()).toEqual(["a", "b", "c"]);
});

test("while the controller is killed and started again brokers write and read, and afterwards topics are created as before", async () => {
  const at = controller.bootstrap;
  await controller.kill("SIGKILL");
  const producing = millrace.run("produce orders", "d\n");
  controller = await controller.restart("SIGKILL", { environment, set: controllerAt(at) });
  expect(await producing).toMatchObject({ code: 0 });
  expect(await millrace.run("topic create more -p 2 -r 1")).toMatchObject({ code: 0 });
  expect(await consumed()).toEqual(["a", "b", "c", "d"]);
});
