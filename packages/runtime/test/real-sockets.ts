import net from "node:net";
import type { Address, Listener, Socket, Sockets } from "../src/index.ts";

/** Sockets that remember what they opened, so that a proof leaves nothing behind. */
export class ListeningSockets implements Sockets {
  readonly #inner: Sockets;
  readonly #listeners: Listener[] = [];
  readonly #sockets: Socket[] = [];

  constructor(inner: Sockets) {
    this.#inner = inner;
  }

  async listen(address: Address, accept: (socket: Socket) => void): Promise<Listener> {
    const accepted = (socket: Socket) => {
      this.#sockets.push(socket);
      accept(socket);
    };
    const listener = await this.#inner.listen(address, accepted);
    this.#listeners.push(listener);
    return listener;
  }

  async connect(address: Address, options: { timeoutMs: number }): Promise<Socket> {
    const socket = await this.#inner.connect(address, options);
    this.#sockets.push(socket);
    return socket;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const listener of this.#listeners) await listener.close();
  }
}

/** An address that was free a moment ago. */
export async function freeAddress(): Promise<Address> {
  const server = net.createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as net.AddressInfo).port)),
  );
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return { host: "127.0.0.1", port };
}
