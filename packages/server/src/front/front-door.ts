import { createServer, type Server, type Socket } from "node:net";
import type { Address, Clock, Logger } from "@millrace/runtime";
import { type Configuration, MillraceError, printAddress } from "@millrace/vocabulary";
import { ConnectionLimits } from "./connection-limits.ts";
import { type Opening, openingBytesMax, openingOf } from "./opening-bytes.ts";

/** Who takes a connection once it is known what it speaks; its bytes are all still to be read. */
export interface Doors {
  kafka(connection: Socket): void;
  grpc(connection: Socket): void;
  http(connection: Socket): void;
}

export interface FrontDoorOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly configuration: Configuration;
  /** What is answered to who asks who is there: at once, also before `open`. */
  readonly who: Uint8Array;
}

/**
 * One port for three protocols: looks at the first bytes of a connection, puts them back, and hands it to the door they belong
 * to. Connections that come before `open` wait.
 */
export class FrontDoor {
  readonly #options: FrontDoorOptions;
  readonly #server: Server;
  readonly #limits: ConnectionLimits;
  readonly #connections = new Set<Socket>();
  #waiting: { connection: Socket; opening: keyof Doors }[] = [];
  #doors: Doors | undefined;

  constructor(options: FrontDoorOptions) {
    this.#options = options;
    this.#limits = new ConnectionLimits(options.configuration);
    this.#server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (connection) => this.#accept(connection));
  }

  /** Listens; resolves to the address with the port that was taken. Rejects with ADDRESS_IN_USE, or DISK_FAILED's kin for other reasons. */
  listen({ host, port }: Address): Promise<Address> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", (error: NodeJS.ErrnoException) => {
        const facts = { address: printAddress({ host, port }), errno: error.code };
        reject(new MillraceError(error.code === "EADDRINUSE" ? "ADDRESS_IN_USE" : "CONFIGURATION_INVALID", facts, { cause: error }));
      });
      this.#server.listen({ port, host: host === "" ? undefined : host, backlog: 1024 }, () => {
        this.#server.removeAllListeners("error");
        this.#server.on("error", (error) => this.#options.logger.error("listener failed", { error }));
        const taken = this.#server.address() as { address: string; port: number };
        resolve({ host: host === "" ? taken.address : host, port: taken.port });
      });
    });
  }

  /** Connections that are open, whatever they speak. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Lets connections through, those that waited first. */
  open(doors: Doors): void {
    this.#doors = doors;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { connection, opening } of waiting) this.#handOver(connection, opening);
  }

  /** Accepts no more, and closes what is still open. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.destroy();
    await closed;
  }

  #accept(connection: Socket): void {
    connection.on("error", () => connection.destroy());
    const address = connection.remoteAddress ?? "";
    if (!this.#limits.admit(address)) {
      this.#options.logger.warn("connection refused: too many", { remote: address });
      connection.destroy();
      return;
    }
    this.#connections.add(connection);
    connection.once("close", () => {
      this.#connections.delete(connection);
      this.#limits.release(address);
    });
    this.#look(connection);
  }

  /** Collects bytes until they tell the protocol, then puts them back, once. */
  #look(connection: Socket): void {
    const { clock, configuration } = this.#options;
    let seen: Buffer = Buffer.alloc(0);
    const timer = clock.timer(configuration.get("connection.door.timeout.ms"), () => connection.destroy());
    const look = () => {
      for (let chunk: Buffer | null = connection.read(); chunk !== null; chunk = connection.read())
        seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
      const opening = openingOf(seen);
      if (opening === undefined && seen.length < openingBytesMax) return;
      stop();
      if (opening === "who") return this.#sayWho(connection);
      connection.unshift(seen);
      this.#handOver(connection, opening ?? "unknown");
    };
    const stop = () => {
      timer.cancel();
      connection.off("readable", look);
      connection.off("end", ended);
      connection.off("close", stop);
    };
    const ended = () => {
      stop();
      connection.destroy();
    };
    connection.on("readable", look);
    connection.on("end", ended);
    connection.on("close", stop);
  }

  #sayWho(connection: Socket): void {
    connection.end(this.#options.who, () => connection.destroy());
  }

  #handOver(connection: Socket, opening: Exclude<Opening, "who">): void {
    if (connection.destroyed) return;
    // HTTP/2 has no use for a connection whose client sends no more, and would keep it for ever.
    if (opening === "grpc") connection.allowHalfOpen = false;
    if (opening === "tls" || opening === "unknown") {
      this.#options.logger.debug("connection closed: no door speaks its protocol", { remote: connection.remoteAddress, opening });
      connection.destroy();
    } else if (this.#doors === undefined) this.#waiting.push({ connection, opening });
    else this.#doors[opening](connection);
  }
}
