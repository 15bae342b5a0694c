import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { WireClient } from "../support/wire-client.ts";

let broker: BrokerProcess;
beforeAll(async () => {
  broker = await BrokerProcess.start({ set: ["connection.door.timeout.ms=400", "max.connections.per.ip=40"] });
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
});

async function raw(): Promise<Socket> {
  const [host, port] = broker.bootstrap.split(":");
  const socket = connect({ host: host!, port: Number(port), noDelay: true });
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** Sends bytes one at a time and resolves to the first bytes of the answer, or to nothing where the connection closes. */
async function opened(bytes: Buffer): Promise<Buffer> {
  const socket = await raw();
  const answer = new Promise<Buffer>((resolve) => {
    socket.once("data", resolve);
    socket.once("close", () => resolve(Buffer.alloc(0)));
  });
  for (const byte of bytes) {
    socket.write(Buffer.from([byte]));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const first = await answer;
  socket.destroy();
  return first;
}

describe("each door's opening may come byte by byte", () => {
  test("Kafka", async () => {
    // ApiVersions 0: length, key, version, correlation id 9, no client id
    const answer = await opened(Buffer.from("0000000a" + "0012" + "0000" + "00000009" + "ffff", "hex"));
    expect(answer.readInt32BE(4)).toBe(9);
  });

  test("gRPC", async () => {
    const settings = Buffer.from("000000040000000000", "hex");
    const answer = await opened(Buffer.concat([Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), settings]));
    expect(answer[3]).toBe(4); // a SETTINGS frame
  });

  test("HTTP", async () => {
    expect((await opened(Buffer.from("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"))).toString()).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  test.each([
    ["TLS, which is not set up", Buffer.from("160301", "hex")],
    ["nothing that any door knows", Buffer.from("SSH-2.0-x\r\n")],
    ["a preface that goes wrong", Buffer.from("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n")],
  ])("%s: closed", async (_, bytes) => {
    expect((await opened(bytes)).length).toBe(0);
  });
});

test("a silent connection, and one that stops in the middle of its opening, are closed", async () => {
  const [silent, slow] = [await raw(), await raw()];
  slow.write("PR");
  await Promise.all([once(silent, "close"), once(slow, "close")]);
});

test("a connection that ends before it opened is closed", async () => {
  const socket = await raw();
  socket.end("GE");
  await once(socket, "close");
});

test("a client that sends its HTTP headers too slowly is not waited for, and others are served meanwhile", async () => {
  const socket = await raw();
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
  expect((await fetch(`http://${broker.bootstrap}/healthz`)).status).toBe(200);
  socket.destroy();
});

test("an upgrade is refused", async () => {
  const socket = await raw();
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  await once(socket, "close");
});

test("beyond max.connections.per.ip connections are refused, and there is room again when some have gone", async () => {
  const sockets = await Promise.all(Array.from({ length: 60 }, raw));
  const refused = sockets.filter((socket) => socket.destroyed || socket.readableEnded).length;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sockets.filter((socket) => socket.destroyed || socket.readableEnded).length).toBeGreaterThanOrEqual(Math.max(20, refused));
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  using client = await WireClient.connect(broker.bootstrap);
  expect((await client.ask("ApiVersions", 0, {})).errorCode).toBe(0);
});

describe("HTTP", () => {
  const get = (path: string, init: RequestInit = {}) => fetch(`http://${broker.bootstrap}${path}`, init);

  test.each(["/", "/healthz", "/readyz", "/metrics"])("%s is answered", async (path) => {
    expect((await get(path)).status).toBe(200);
  });

  test("what is not there is 404, and what writes is 405", async () => {
    expect((await get("/nowhere")).status).toBe(404);
    expect((await get("/healthz", { method: "POST", body: "x" })).status).toBe(405);
  });

  test("a name that anybody could point here is refused", async () => {
    const socket = await raw();
    socket.write("GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    const [chunk] = (await once(socket, "data")) as [Buffer];
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 421 /);
  });

  test("metrics have kafka_exporter's names and our own, in Prometheus' format", async () => {
    using client = await WireClient.connect(broker.bootstrap);
    await client.ask("CreateTopics", 7, {
      topics: [{ name: "metered", numPartitions: 2, replicationFactor: 1, assignments: [], configs: [] }],
    });
    const response = await get("/metrics");
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await response.text();
    for (const line of [
      "kafka_brokers 1",
      'kafka_topic_partitions{topic="metered"} 2',
      'kafka_topic_partition_current_offset{topic="metered",partition="1"} 0',
      'kafka_topic_partition_leader{topic="metered",partition="0"} 1',
      'kafka_topic_partition_under_replicated_partition{topic="metered",partition="0"} 0',
    ])
      expect(text.split("\n")).toContain(line);
    expect(text).toMatch(/^millrace_request_latency_seconds_count\{door="kafka",request="CreateTopics"\} \d+$/m);
    expect(text).toMatch(/^millrace_memory_bytes\{kind="request"\} \d+$/m);
    for (const line of text.trim().split("\n"))
      expect(line).toMatch(
        /^(# (HELP|TYPE) [a-z_:]+ .+|[a-z_:]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? (-?\d+(\.\d+)?(e[+-]?\d+)?|NaN|\+Inf))$/,
      );
  });
});
