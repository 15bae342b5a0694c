import { once } from "node:events";
import http2 from "node:http2";
import net from "node:net";
import type { PeerMethod } from "@millrace/runtime";
import { KiB, MiB } from "@millrace/vocabulary";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { closing, echo, echoStream, path, serving, type Serving } from "./support/serving.ts";

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const emptySettings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);

/** Sends bytes over a connection of their own, and waits for its end. */
async function sendRaw({ listener }: Serving, bytes: Buffer): Promise<void> {
  const socket = net.connect(listener.address.port, listener.address.host);
  socket.on("error", () => {});
  socket.resume();
  socket.end(bytes);
  await once(socket, "close");
}

async function stillServes({ channel }: Serving): Promise<void> {
  expect((await channel.call(path, [Buffer.from("still")], { timeoutMs: 10_000 })).toString()).toBe("still");
}

/** One gRPC call by hand: headers, then a body as it is; resolves to what came back. */
async function callRaw({ listener }: Serving, headers: http2.OutgoingHttpHeaders, body: Buffer): Promise<http2.IncomingHttpHeaders> {
  const session = http2.connect(`http://127.0.0.1:${listener.address.port}`);
  session.on("error", () => {});
  const stream = session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers", ...headers });
  const answer: http2.IncomingHttpHeaders = {};
  stream.on("response", (received) => void Object.assign(answer, received));
  stream.on("trailers", (received) => void Object.assign(answer, received));
  stream.on("error", () => {});
  stream.resume();
  stream.end(body);
  await once(stream, "close");
  session.destroy();
  return answer;
}

test("any bytes on a connection leave the others alone", async () => {
  await using its = await serving();
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
  const afterPreface = bytes.map((rest) => Buffer.concat([preface, emptySettings, rest]));
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, afterPreface), (sent) => sendRaw(its, sent)),
    { numRuns: 100 },
  );
  await stillServes(its);
});

test("a connection that ends anywhere within the preface leaves the others alone", async () => {
  await using its = await serving();
  for (let length = 0; length <= preface.length; length++) await sendRaw(its, preface.subarray(0, length));
  await stillServes(its);
});

test.each([
  ["compressed by nothing known", { "grpc-encoding": "brotli" }, Buffer.from([1, 0, 0, 0, 1, 7]), "12"],
  ["compressed, but broken", { "grpc-encoding": "gzip" }, Buffer.from([1, 0, 0, 0, 4, 1, 2, 3, 4]), "13"],
  ["longer than messageBytesMax", {}, Buffer.from([0, 0xff, 0xff, 0xff, 0xff, 1]), "8"],
  ["missing", {}, Buffer.alloc(0), "12"],
])("a message that is %s fails its call alone", async (_, headers, body, status) => {
  await using its = await serving();
  expect((await callRaw(its, headers, body))["grpc-status"]).toBe(status);
  await stillServes(its);
});

test("a gzip bomb is stopped at messageBytesMax", async () => {
  await using its = await serving([echo], { messageBytesMax: MiB });
  const { gzipSync } = await import("node:zlib");
  const bomb = gzipSync(Buffer.alloc(64 * MiB));
  const head = Buffer.from([1, 0, 0, 0, 0]);
  head.writeUInt32BE(bomb.length, 1);
  expect((await callRaw(its, { "grpc-encoding": "gzip" }, Buffer.concat([head, bomb])))["grpc-status"]).toBe("8");
  await stillServes(its);
});

test("a message cut off in its midst reaches no handler", async () => {
  let calls = 0;
  await using its = await serving([{ kind: "unary", path, handle: async () => [Buffer.from([++calls])] }]);
  await callRaw(its, {}, Buffer.from([0, 0, 0, 0, 9, 1, 2]));
  expect((await its.channel.call(path, [], { timeoutMs: 10_000 }))[0]).toBe(1);
});

test("an odd time-out, content type or header fails its call alone", async () => {
  await using its = await serving();
  const body = Buffer.from([0, 0, 0, 0, 0]);
  expect((await callRaw(its, { "grpc-timeout": "soon" }, body))["grpc-status"]).toBe("13");
  expect((await callRaw(its, { "content-type": "text/html" }, body))[":status"]).toBe(415);
  expect((await callRaw(its, { "x-bin": "%%%" }, body))["grpc-status"]).toBe("0");
  await stillServes(its);
});

test("streams that are opened and reset by the hundred leave the others alone", async () => {
  await using its = await serving([echo, echoStream]);
  const session = http2.connect(`http://127.0.0.1:${its.listener.address.port}`);
  session.on("error", () => {});
  for (let index = 0; index < 500 && !session.destroyed; index++) {
    const stream = session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc" });
    stream.on("error", () => {});
    stream.close(http2.constants.NGHTTP2_CANCEL);
  }
  await stillServes(its);
  session.destroy();
});

test("a message above messageBytesMax is MESSAGE_TOO_LARGE, in a call or a stream", async () => {
  await using its = await serving([echo, echoStream], { messageBytesMax: 100 * KiB });
  const tooLarge = Buffer.alloc(101 * KiB);
  await expect(its.channel.call(path, [tooLarge], { timeoutMs: 10_000 })).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
  expect(await closing(its.channel, [tooLarge])).toMatchObject({ code: "MESSAGE_TOO_LARGE" });
});

test("an answer above messageBytesMax is MESSAGE_TOO_LARGE", async () => {
  const tooLarge: PeerMethod = { kind: "unary", path, handle: async () => [Buffer.alloc(101 * KiB)] };
  await using its = await serving([tooLarge], { messageBytesMax: 100 * KiB });
  await expect(its.channel.call(path, [], { timeoutMs: 10_000 })).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
});
