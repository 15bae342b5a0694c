import net from "node:net";
import { MillraceError } from "@millrace/vocabulary";
import type { Address, Listener, Socket, Sockets } from "../ports/sockets.ts";
import { errnoOf } from "./errno.ts";
import { realSocket } from "./socket.ts";

/** TCP. */
export const realSockets: Sockets = { listen, connect };

function listen(address: Address, accept: (socket: Socket) => void): Promise<Listener> {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (connection) => accept(realSocket(connection)));
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(listenError(address, error)));
    server.listen({ host: address.host, port: address.port }, () => {
      const { address: host, port } = server.address() as net.AddressInfo;
      resolve({ address: { host, port }, close: () => closeServer(server) });
    });
  });
}

/** The listening socket is gone when this resolves; net's own callback would wait for every accepted connection. */
function closeServer(server: net.Server): Promise<void> {
  server.close();
  return new Promise((resolve) => void setImmediate(resolve));
}

function listenError({ host, port }: Address, error: Error): MillraceError {
  const errno = errnoOf(error);
  if (errno === "EADDRINUSE") return new MillraceError("ADDRESS_IN_USE", { host, port }, { cause: error });
  return new MillraceError("CONFIGURATION_INVALID", { faults: [`cannot listen on ${host}:${port}: ${errno}`] }, { cause: error });
}

function connect({ host, port }: Address, { timeoutMs }: { timeoutMs: number }): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const connection = net.connect({ host, port, allowHalfOpen: true, noDelay: true });
    const fail = (facts: Record<string, unknown>, cause?: Error) => {
      clearTimeout(timeout);
      connection.destroy();
      reject(new MillraceError("CONNECTION_FAILED", { host, port, ...facts }, { cause }));
    };
    const refused = (error: Error) => fail({ errno: errnoOf(error) }, error);
    const timeout = setTimeout(() => fail({ timeoutMs }), timeoutMs);
    connection.once("error", refused);
    connection.once("connect", () => {
      clearTimeout(timeout);
      const socket = realSocket(connection);
      connection.off("error", refused);
      resolve(socket);
    });
  });
}
