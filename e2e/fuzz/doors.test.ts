import { once } from "node:events";
import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BrokerProcess } from "../support/broker-process.ts";
import { createTopic } from "../support/topics.ts";
import { WireClient } from "../support/wire-client.ts";
import { BatchMaker } from "./batches.ts";
import { Bystander } from "./bystander.ts";
import { Dice } from "./dice.ts";
import { GrpcInputMaker } from "./grpc-inputs.ts";
import { victims } from "./requests.ts";

/** Every input is over long before. */
const hungMs = 20_000;

let broker: BrokerProcess;
let bystander: Bystander;
beforeAll(async () => {
  broker = await BrokerProcess.start();
  using client = await WireClient.connect(broker.bootstrap);
  for (const name of victims) await createTopic(client, name);
  bystander = await Bystander.start(broker.bootstrap);
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
});

test("300 gRPC calls with bytes that are mostly no messages: each ends, and the next one is served", async () => {
  const dice = new Dice(1);
  const inputs = new GrpcInputMaker(dice, new BatchMaker(dice));
  let session = sessionOf();
  const ends = { ended: 0, hung: 0 };
  for (let number = 0; number < 300; number++) {
    if (session.closed || session.destroyed) session = sessionOf();
    const { path, bytes } = inputs.make();
    ends[await call(session, path, bytes)]++;
  }
  session.destroy();
  expect(ends).toEqual({ ended: 300, hung: 0 });
});

function sessionOf(): ClientHttp2Session {
  const session = connectHttp2(`http://${broker.bootstrap}`);
  session.on("error", () => {}); // the calls on it end with it
  return session;
}

async function call(session: ClientHttp2Session, path: string, bytes: Buffer): Promise<"ended" | "hung"> {
  const stream = session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" });
  stream.on("error", () => {}); // a reset is an end too
  stream.resume();
  const closed = once(stream, "close");
  stream.end(bytes);
  return over(closed, () => stream.destroy());
}

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const get = Buffer.from("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

test.each([
  ["HTTP/2", preface],
  ["HTTP", get],
])("200 connections that begin as %s and go on as anything: each closes", async (_, opening) => {
  const dice = new Dice(2);
  const ends = { ended: 0, hung: 0 };
  for (let number = 0; number < 200; number++) {
    const spoilt = opening === preface ? Buffer.concat([preface, dice.bytes(dice.below(80))]) : scattered(Buffer.from(get), dice);
    ends[await sendRaw(spoilt)]++;
  }
  expect(ends).toEqual({ ended: 200, hung: 0 });
});

function scattered(bytes: Buffer, dice: Dice): Buffer {
  for (let count = 1 + dice.below(6); count > 0; count--) bytes[4 + dice.below(bytes.length - 4)] = dice.below(256);
  return bytes;
}

function sendRaw(bytes: Buffer): Promise<"ended" | "hung"> {
  const [host, port] = broker.bootstrap.split(":");
  const socket = connect({ host: host!, port: Number(port) });
  socket.on("error", () => {}); // a reset is an end too
  socket.resume();
  socket.end(bytes);
  return over(once(socket, "close"), () => socket.destroy());
}

/** Waits for the end, and makes one where none comes. */
async function over(end: Promise<unknown>, giveUp: () => void): Promise<"ended" | "hung"> {
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<"hung">((resolve) => (timer = setTimeout(() => resolve("hung"), hungMs)));
  const how = await Promise.race([end.then(() => "ended" as const), hung]);
  clearTimeout(timer);
  if (how === "hung") giveUp();
  return how;
}

test("nobody else has noticed, and the broker has nothing to complain of", async () => {
  expect(await bystander.stop()).toEqual([]);
  expect([bystander.faults, bystander.acknowledged > 10]).toEqual([[], true]);
  expect(broker.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
