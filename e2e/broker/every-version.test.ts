import { advertised, type ApiName, apis } from "@millrace/protocol";
import { encodeBatch } from "@millrace/records";
import { zeroUuid } from "@millrace/vocabulary";
import { arbitraryOf } from "@millrace/protocol/testing";
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { WireClient } from "../support/wire-client.ts";

let broker: BrokerProcess;
beforeAll(async () => {
  broker = await BrokerProcess.start();
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
});

/** What may wait for somebody else by its nature; its waits have tests of their own. */
const parking: ReadonlySet<ApiName> = new Set(["JoinGroup", "SyncGroup"]);
const requestsPerVersion = 16;

/** The topic that every other request is about; made again for each test, since one of them deletes it. */
let topicId: string;
beforeEach(async () => {
  using client = await WireClient.connect(broker.bootstrap);
  await client.ask("CreateTopics", 7, {
    topics: [{ name: "orders", numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }],
  });
  const described = await client.ask("Metadata", 12, { topics: [{ name: "orders", topicId: zeroUuid }] });
  topicId = described.topics[0]!.topicId;
  const records = encodeBatch([{ key: null, value: Buffer.from("a"), timestamp: Date.now() }]);
  const produced = await client.ask("Produce", 9, {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: "orders", partitionData: [{ index: 0, records }] }],
  });
  expect(produced.responses[0]!.partitionResponses[0]!.errorCode).toBe(0);
});

/** The same request without waiting, and about the topic that is there. */
function aimed(value: unknown, isAimed: boolean, field = ""): unknown {
  if (field === "maxWaitMs") return 0;
  if (field === "acks" && value === 0) return 1;
  if (isAimed && ["name", "topic", "topicName"].includes(field) && typeof value === "string") return "orders";
  if (isAimed && field === "topicId" && value !== zeroUuid) return topicId;
  if (isAimed && ["index", "partition", "partitionIndex"].includes(field)) return 0;
  if (isAimed && ["currentLeaderEpoch", "lastFetchedEpoch"].includes(field)) return -1;
  if (Array.isArray(value)) return value.map((each) => aimed(each, isAimed, field));
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, aimed(each, isAimed, name)]));
}

function versionsOf(name: ApiName): number[] {
  const { first, last } = advertised.get(name)!;
  const { first: firstRead } = apis[name].request.versions;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((version) => version >= firstRead);
}

describe("every API, in every version that is advertised", () => {
  const names = [...advertised.keys()].filter((name) => !parking.has(name));
  test.each(names)("%s answers whatever is asked in that version's own form", async (name) => {
    for (const version of versionsOf(name)) {
      const drawn = fc.sample(arbitraryOf(apis[name].request as never, version), { numRuns: requestsPerVersion, seed: 4711 + version });
      for (const [index, value] of drawn.entries()) {
        using client = await WireClient.connect(broker.bootstrap);
        const request = aimed(value, index % 2 === 0);
        await expect(client.ask(name, version, request as never), `version ${version}: ${JSON.stringify(request)}`).resolves.toBeTypeOf(
          "object",
        );
      }
    }
  });

  test("no request made the broker complain of an error of its own", () => {
    expect(broker.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});
