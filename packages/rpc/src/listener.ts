import net from "node:net";
import type { Address, PeerListener, PeerMethod } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import { createAcceptor } from "./acceptor.ts";
import type { RpcOptions } from "./limits.ts";

/** Serves methods on an address of their own. */
export async function listen(address: Address, methods: readonly PeerMethod[], options: RpcOptions): Promise<PeerListener> {
  const acceptor = await createAcceptor(methods, options);
  const server = net.createServer({ noDelay: true }, (connection) => acceptor.accept(connection));
  await listening(server, address);
  const { address: host, port } = server.address() as net.AddressInfo;
  return {
    address: { host, port },
    close: async (graceMs) => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      await acceptor.close(graceMs);
      await closed;
    },
  };
}

function listening(server: net.Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === "EADDRINUSE";
      const facts = isTaken ? { host, port } : { faults: [`cannot listen on ${host}:${port}: ${cause.code}`] };
      reject(new MillraceError(isTaken ? "ADDRESS_IN_USE" : "CONFIGURATION_INVALID", facts, { cause }));
    });
    server.listen({ host, port }, resolve);
  });
}
