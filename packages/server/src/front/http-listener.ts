import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { HttpDoor, HttpResponse } from "@millrace/broker";
import type { Logger } from "@millrace/runtime";
import { secondMs } from "@millrace/vocabulary";

/** A request's headers must be there within this time, the whole of it within the next. */
const headersTimeoutMs = 10 * secondMs;
const requestTimeoutMs = 30 * secondMs;
const keepAliveTimeoutMs = 60 * secondMs;
/** No request to this door has a body. */
const headerBytesMax = 16 * 1024;

/** Speaks HTTP/1 on connections that the front door hands over. */
export class HttpListener {
  readonly #server: Server;

  constructor(door: HttpDoor, logger: Logger) {
    this.#server = createServer(
      {
        headersTimeout: headersTimeoutMs,
        requestTimeout: requestTimeoutMs,
        keepAliveTimeout: keepAliveTimeoutMs,
        maxHeaderSize: headerBytesMax,
      },
      (request, response) => void answer(door, request, response, logger),
    );
    // Without this nothing looks for slow clients: the server does not listen itself.
    this.#server.emit("listening");
    this.#server.on("upgrade", (_, connection) => connection.destroy());
    this.#server.on("clientError", (_, connection) => connection.destroy());
  }

  accept(connection: Socket): void {
    this.#server.emit("connection", connection);
    connection.resume();
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.emit("close");
  }
}

async function answer(door: HttpDoor, request: IncomingMessage, response: ServerResponse, logger: Logger): Promise<void> {
  request.resume();
  try {
    const { method = "", url = "/", headers } = request;
    send(response, await door.handle({ method, target: url, host: headers.host }), method === "HEAD");
  } catch (error) {
    logger.error("http request failed", { target: request.url, error });
    send(response, { status: 500, type: "text/plain; charset=utf-8", body: "the broker's log says why\n" }, false);
  }
}

function send(response: ServerResponse, { status, type, body, headers }: HttpResponse, isHead: boolean): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(isHead ? undefined : body);
}
