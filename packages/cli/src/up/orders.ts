import { closeSync, chmodSync, existsSync, openSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { type ErrorCode, MillraceError } from "@millrace/vocabulary";

/** What `millrace up` is asked to do with one of its brokers by other commands. */
export interface Order {
  readonly verb: "kill" | "pause" | "restart";
  readonly broker: number;
}

/** A line of JSON, as the order is. */
type Answer = { readonly said: string } | { readonly code: ErrorCode; readonly facts: Readonly<Record<string, unknown>> };

/** The longest order: far more than one takes. */
const orderBytesMax = 1024;

const socketName = "up.sock";

/**
 * Where `millrace up` takes orders: a socket among its data, which only its owner may use. It also says that somebody runs the
 * cluster there, for as long as its process lives.
 */
export class OrderDesk {
  readonly #server: Server;
  readonly #place: Place;

  private constructor(server: Server, place: Place) {
    this.#server = server;
    this.#place = place;
  }

  /** Rejects with DATA_IN_USE where another process takes orders for this data. */
  static async open(data: string, carryOut: (order: Order) => Promise<string>): Promise<OrderDesk> {
    const place = new Place(data);
    if (await answers(place.path)) {
      place.leave();
      throw new MillraceError("DATA_IN_USE", { directory: data });
    }
    rmSync(place.path, { force: true });
    const server = createServer((socket) => serve(socket, carryOut));
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(place.path, resolve));
    chmodSync(place.path, 0o600);
    return new OrderDesk(server, place);
  }

  close(): void {
    this.#server.close();
    this.#place.leave();
  }
}

/** Gives an order and resolves to what came of it. Rejects with CLUSTER_NOT_RUNNING where nobody takes it, or as the order did. */
export async function giveOrder(data: string, order: Order): Promise<string> {
  if (!existsSync(data)) throw new MillraceError("CLUSTER_NOT_RUNNING", { data });
  const place = new Place(data);
  try {
    const answer = await asked(place.path, order);
    if (answer === undefined) throw new MillraceError("CLUSTER_NOT_RUNNING", { data });
    if ("said" in answer) return answer.said;
    throw new MillraceError(answer.code, answer.facts);
  } finally {
    place.leave();
  }
}

/** The path of the socket. Its address holds 104 bytes at least, so on Linux the directory's descriptor stands for a path of any length. */
class Place {
  readonly path: string;
  readonly #descriptor: number | undefined;

  constructor(data: string) {
    this.#descriptor = existsSync("/proc/self/fd") ? openSync(data, "r") : undefined;
    this.path = join(this.#descriptor === undefined ? data : `/proc/self/fd/${this.#descriptor}`, socketName);
  }

  leave(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
  }
}

function serve(socket: Socket, carryOut: (order: Order) => Promise<string>): void {
  let line = "";
  socket.setEncoding("utf8");
  socket.on("error", () => {}); // whoever gave the order has gone
  socket.on("data", (text: string) => {
    line += text;
    if (line.length > orderBytesMax) socket.destroy();
    if (!line.endsWith("\n")) return;
    void answerTo(line, carryOut).then((answer) => socket.end(`${JSON.stringify(answer)}\n`));
    line = "";
  });
}

async function answerTo(line: string, carryOut: (order: Order) => Promise<string>): Promise<Answer> {
  try {
    return { said: await carryOut(JSON.parse(line) as Order) };
  } catch (error) {
    if (error instanceof MillraceError) return { code: error.code, facts: error.facts };
    return { code: "INVALID_REQUEST", facts: { error: String(error) } };
  }
}

/** undefined where nobody answers. */
function asked(path: string, order: Order): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(path, () => socket.write(`${JSON.stringify(order)}\n`)).setEncoding("utf8");
    socket.on("data", (part: string) => (text += part));
    socket.on("error", () => resolve(undefined));
    socket.on("close", () => resolve(text === "" ? undefined : (JSON.parse(text) as Answer)));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(socket.destroy() && true));
    socket.once("error", () => resolve(false));
  });
}
