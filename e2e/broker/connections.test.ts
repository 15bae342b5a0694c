import { apis, encodeRequest } from "@millrace/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { batchOf, createTopic, fetchRequest, produceBatch } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";

let broker: BrokerProcess;
let witness: WireClient;
beforeAll(async () => {
  broker = await BrokerProcess.start({ set: ["socket.request.max.bytes=1000000"] });
  witness = await WireClient.connect(broker.bootstrap);
  await createTopic(witness, "orders");
});
afterAll(async () => {
  witness.close();
  await broker[Symbol.asyncDispose]();
});

function frameOf(content: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length);
  return Buffer.concat([length, content]);
}

function request(apiKey: number, version: number, body = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(10);
  header.writeInt16BE(apiKey, 0);
  header.writeInt16BE(version, 2);
  header.writeInt32BE(1, 4);
  header.writeInt16BE(-1, 8);
  return frameOf(Buffer.concat([header, body]));
}

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

test.each([
  ["a negative length", int32(-1)],
  ["the greatest length", int32(0x7fff_ffff)],
  ["a length above socket.request.max.bytes", int32(1_000_001)],
  ["an empty frame", frameOf(Buffer.alloc(0))],
  ["a header cut short", frameOf(Buffer.alloc(5))],
  ["an unknown api key", request(9999, 0)],
  ["a key that brokers do not serve to clients", request(56, 3)],
  ["a version that is not served", request(3, 99)],
  ["a negative version", request(3, -1)],
  ["a body that is none", request(3, 12, Buffer.from("ffffffff", "hex"))],
  ["an array longer than the bytes that are left", request(3, 1, int32(0x0fff_ffff))],
  ["a string below null", request(19, 2, Buffer.concat([int32(1), Buffer.from("fffe", "hex")]))],
])("%s closes the connection, and no other connection notices", async (_, bytes) => {
  using client = await WireClient.connect(broker.bootstrap);
  client.send(bytes);
  await client.closed;
  await expect(produceBatch(witness, "orders", batchOf(["a"]))).resolves.toMatchObject({ code: "NONE" });
});

test("what came before a frame that closes the connection is answered, and nothing behind it is begun", async () => {
  using client = await WireClient.connect(broker.bootstrap);
  await createTopic(client, "broken-off");
  const produced = {
    acks: 1,
    timeoutMs: 1000,
    topicData: [{ name: "broken-off", partitionData: [{ index: 0, records: batchOf(["a"]) }] }],
  };
  const { parts } = encodeRequest(apis.Produce, { apiVersion: 9, correlationId: 77, clientId: null }, produced as never);
  const frame = Buffer.concat(parts);
  client.send(Buffer.concat([frame, frame, request(3, 99), frame]));
  expect([await client.nextAnswer(), await client.nextAnswer()]).toEqual([77, 77]);
  await client.closed;
  using other = await WireClient.connect(broker.bootstrap);
  const slow = other.tell("Fetch", 12, fetchRequest("broken-off", 2, { waitMs: 300 }));
  other.send(int32(-1));
  expect(await other.nextAnswer()).toBe(slow);
  await other.closed;
  expect(await produceBatch(witness, "broken-off", batchOf(["b"]))).toEqual({ code: "NONE", baseOffset: 2 });
});

test("an answer reaches a client that goes on sending after a frame that closes the connection", async () => {
  for (let round = 0; round < 20; round++) {
    using client = await WireClient.connect(broker.bootstrap);
    const sent = client.tell("ApiVersions", 0, {});
    client.send(Buffer.concat([int32(-1), Buffer.alloc(1_000_000)]));
    expect(await client.nextAnswer()).toBe(sent);
    await client.closed;
  }
});

test("a frame may come byte by byte", async () => {
  using client = await WireClient.connect(broker.bootstrap);
  const { parts } = encodeRequest(apis.ApiVersions, { apiVersion: 0, correlationId: 77, clientId: "slow" }, {});
  const answer = client.nextAnswer();
  for (const byte of Buffer.concat(parts)) {
    client.send(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await answer).toBe(77);
});

test("answers come in the order of the requests, also where a later one is ready first", async () => {
  using client = await WireClient.connect(broker.bootstrap);
  const end = (await produceBatch(witness, "orders", batchOf(["x"]))).baseOffset + 1;
  const sent = [
    client.tell("Fetch", 12, fetchRequest("orders", end, { waitMs: 300 })),
    client.tell("Metadata", 9, { topics: null }),
    client.tell("Produce", 9, {
      acks: 1,
      timeoutMs: 1000,
      topicData: [{ name: "orders", partitionData: [{ index: 0, records: batchOf(["y"]) }] }],
    }),
    client.tell("ApiVersions", 3, { clientSoftwareName: "wire", clientSoftwareVersion: "1" }),
  ];
  const answered: number[] = [];
  for (let count = 0; count < sent.length; count++) answered.push(await client.nextAnswer());
  expect(answered).toEqual(sent);
});

test("fifty produce requests in one flight are appended and answered in order", async () => {
  using client = await WireClient.connect(broker.bootstrap);
  await createTopic(client, "pipelined");
  const answers = Array.from({ length: 50 }, (_, index) =>
    client.ask("Produce", 9, {
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name: "pipelined", partitionData: [{ index: 0, records: batchOf([`${index}`]) }] }],
    }),
  );
  const offsets = (await Promise.all(answers)).map(({ responses }) => responses[0]!.partitionResponses[0]!.baseOffset);
  expect(offsets).toEqual([...Array(50).keys()]);
});

test("acks=0 has no answer, and an error closes the connection", async () => {
  using client = await WireClient.connect(broker.bootstrap);
  await createTopic(client, "silent");
  client.tell("Produce", 9, {
    acks: 0,
    timeoutMs: 1000,
    topicData: [{ name: "silent", partitionData: [{ index: 0, records: batchOf(["a"]) }] }],
  });
  const next = client.tell("Metadata", 9, { topics: null });
  expect(await client.nextAnswer()).toBe(next);
  client.tell("Produce", 9, {
    acks: 0,
    timeoutMs: 1000,
    topicData: [{ name: "nowhere", partitionData: [{ index: 0, records: batchOf(["a"]) }] }],
  });
  await client.closed;
});

test("a client that says that it sends no more still gets its answers", async () => {
  using client = await WireClient.connect(broker.bootstrap);
  const sent = client.tell("ApiVersions", 0, {});
  client.end();
  expect(await client.nextAnswer()).toBe(sent);
  await client.closed;
});

test("ApiVersions in a version from the future is answered in version 0, with its own versions alone", async () => {
  using client = await WireClient.connect(broker.bootstrap);
  client.send(request(18, 99, Buffer.from("\0whatever"))); // the zero is the header's empty section of tags
  const frame = await client.frame();
  // correlation id, error code, one entry: key 18, versions 0 to 5
  expect(frame.toString("hex")).toBe("00000001" + "0023" + "00000001" + "0012" + "0000" + "0005");
});

test("ApiVersions with an illegal software name is INVALID_REQUEST", async () => {
  using client = await WireClient.connect(broker.bootstrap);
  expect((await client.ask("ApiVersions", 3, { clientSoftwareName: "-x", clientSoftwareVersion: "1" })).errorCode).toBe(42);
});

test("a client that believes to talk to another cluster is told to start anew", async () => {
  using client = await WireClient.connect(broker.bootstrap);
  const software = { clientSoftwareName: "wire", clientSoftwareVersion: "1" };
  expect((await client.ask("ApiVersions", 5, { ...software, clusterId: "AAAAAAAAAAAAAAAAAAAAAA", nodeId: 1 })).errorCode).toBe(129);
  expect((await client.ask("ApiVersions", 5, software)).errorCode).toBe(0);
});
