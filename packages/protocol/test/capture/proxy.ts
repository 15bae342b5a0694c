import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { apiOf, apis } from "../../src/apis.ts";
import { decodeRequest, readRequestHeader, type RequestHeader } from "../../src/frames.ts";
import type { StoredExchange } from "../support/captured.ts";
import { FrameSplitter, withLength } from "./frame-splitter.ts";
import { type Address, redirect } from "./redirect.ts";

/** Stands between clients and one broker, and notes what they say to each other, as it was sent. */
export interface Proxy {
  readonly address: Address;
  readonly exchanges: readonly StoredExchange[];
  close(): void;
}

export async function startProxy(broker: Address): Promise<Proxy> {
  const exchanges: StoredExchange[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(broker.port, broker.host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => [client, upstream].forEach((each) => each.destroy()));
    }
    relay(client, upstream, exchanges, () => address);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { address, exchanges, close };
}

interface Waiting {
  readonly header: RequestHeader;
  readonly frame: Buffer;
}

/** Brokers answer in the order of the requests, so the oldest one waiting is the one that is answered. */
function relay(client: Socket, upstream: Socket, exchanges: StoredExchange[], proxy: () => Address): void {
  const waiting: Waiting[] = [];
  const requests = new FrameSplitter();
  const responses = new FrameSplitter();
  client.on("data", (bytes: Buffer) => {
    for (const frame of requests.push(bytes)) {
      const header = readRequestHeader(frame);
      if (isAnswered(header, frame)) waiting.push({ header, frame });
      else exchanges.push(exchangeOf(header, frame, undefined));
    }
    upstream.write(bytes);
  });
  upstream.on("data", (bytes: Buffer) => {
    for (const frame of responses.push(bytes)) {
      const { header, frame: request } = waiting.shift()!;
      const api = apiOf(header.apiKey);
      // ApiVersions in a version that the broker lacks is answered in version 0 (KIP-511).
      const version = api?.key === apis.ApiVersions.key && frame.readInt16BE(4) === 35 ? 0 : header.apiVersion;
      if (api !== undefined && version === header.apiVersion) exchanges.push(exchangeOf(header, request, frame));
      client.write(withLength(api === undefined ? frame : redirect(api, version, frame, proxy())));
    }
  });
}

function isAnswered(header: RequestHeader, frame: Buffer): boolean {
  return header.apiKey !== apis.Produce.key || decodeRequest(apis.Produce, header, frame).acks !== 0;
}

function exchangeOf(header: RequestHeader, request: Buffer, response: Buffer | undefined): StoredExchange {
  return {
    api: apiOf(header.apiKey)!.name,
    version: header.apiVersion,
    request: request.toString("base64"),
    ...(response === undefined ? {} : { response: response.toString("base64") }),
  };
}
