import type { Guards } from "@millrace/broker";
import { advertised, type ApiName, apis } from "@millrace/protocol";
import { arbitraryOf } from "@millrace/protocol/testing";
import * as fc from "fast-check";
import type { TopicId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { SimulatedBroker } from "./support/simulated-broker.ts";

/** Notes what every request is asked and charged for, and allows nothing once it is closed. */
class NotingGuards implements Guards {
  isClosed = false;
  readonly asked: string[] = [];
  readonly charged: string[] = [];
  readonly authorizer: Guards["authorizer"] = {
    allows: (_, access, { type }) => {
      this.asked.push(`${access} ${type}`);
      return !this.isClosed;
    },
  };
  readonly quotas: Guards["quotas"] = {
    charge: (_, quota) => {
      this.charged.push(quota);
      return 0;
    },
  };
}

/** What a request must say to be about anything at all. */
const sense = { maxWaitMs: 0, memberId: "", acks: 1, keyType: 0, resourceType: 2, transactionalId: null };

/** Requests of an API in its newest version, every text of which names the topic or group that is there. */
function drawn(name: ApiName, topicId: TopicId): object[] {
  const { last } = advertised.get(name)!;
  return fc
    .sample(arbitraryOf(apis[name].request as never, last), { numRuns: 30, seed: 4711 })
    .map((value) => aimed(value, topicId) as object);
}

function aimed(value: unknown, topicId: TopicId, field = ""): unknown {
  if (field in sense) return sense[field as keyof typeof sense];
  if (field === "topicId") return topicId;
  if (/^(name|topic|topicName|groupId|groups|groupsNames|coordinatorKeys|resourceName)$/.test(field) && typeof value === "string")
    return "orders";
  if (Array.isArray(value)) return value.map((each) => aimed(each, topicId, field));
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, aimed(each, topicId, name)]));
}

/** It has nothing to ask for where there are no groups. */
const asksForWhatItFinds: ApiName = "ListGroups";
const names = [...advertised.keys()].filter((name) => name !== "ApiVersions");

test("every request but ApiVersions is charged to a quota, and asks who may do what it does", async () => {
  const guards = new NotingGuards();
  const broker = await SimulatedBroker.start({ guards });
  await (await broker.connect()).createTopic("orders");
  const topicId = broker.broker.image.topics.byName("orders")!.id;
  guards.isClosed = true;
  for (const name of names) {
    guards.asked.length = guards.charged.length = 0;
    const requests = drawn(name, topicId);
    for (const request of requests) {
      const client = await broker.connect();
      await client.ask(name, advertised.get(name)!.last, request);
      client.close();
    }
    expect(guards.charged.filter((quota) => quota !== "none").length, `${name} is charged`).toBeGreaterThanOrEqual(requests.length);
    if (name !== asksForWhatItFinds) expect(guards.asked.length, `${name} asks`).toBeGreaterThan(0);
  }
});

test("whoever may do nothing changes nothing", async () => {
  const guards = new NotingGuards();
  const broker = await SimulatedBroker.start({ guards });
  const client = await broker.connect();
  await client.createTopic("orders");
  await broker.world.drive(client.produce("orders", "first", -1));
  const topicId = broker.broker.image.topics.byName("orders")!.id;
  const offsetBefore = broker.broker.image.offset;

  guards.isClosed = true;
  for (const name of names.filter((each) => each !== "InitProducerId")) {
    for (const request of drawn(name, topicId)) {
      const other = await broker.connect();
      await other.ask(name, advertised.get(name)!.last, request);
      other.close();
    }
  }

  guards.isClosed = false;
  expect([...(await client.readAll("orders")).values()]).toEqual(["first"]);
  expect([...broker.broker.image.topics.all()].map(({ name }) => name)).toEqual(["orders"]);
  expect(broker.broker.image.offset).toBe(offsetBefore);
});
