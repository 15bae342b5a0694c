import net from "node:net";

/** A TCP proxy that holds every byte back for `delayMs`, as a longer wire would; it takes as much as is sent. */
export function delayProxy(port: number, delayMs: number): Promise<{ readonly port: number; close(): void }> {
  const server = net.createServer({ noDelay: true }, (near) => {
    const far = net.connect({ host: "127.0.0.1", port, noDelay: true });
    delayed(near, far, delayMs);
    delayed(far, near, delayMs);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ port: (server.address() as net.AddressInfo).port, close: () => void server.close() }));
  });
}

function delayed(from: net.Socket, to: net.Socket, delayMs: number): void {
  const later = (act: () => void) => void setTimeout(act, delayMs);
  from.on("data", (chunk) => later(() => to.write(chunk)));
  from.on("error", () => later(() => to.destroy()));
  from.on("end", () => later(() => to.end()));
}
