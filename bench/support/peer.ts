import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How a broker is to be started. */
export interface PeerOptions {
  /** `key=value` each, for Millrace; Kafka understands most of them too. */
  readonly settings?: readonly string[];
  /** For the Node that runs the broker: `["--cpu-prof"]`. Kafka has none. */
  readonly nodeOptions?: readonly string[];
}

/** A process with a broker, or one that starts several: ready to be started, as often as wanted, always on the same data and addresses. */
export interface Peer {
  /** As the tables call it. */
  readonly name: string;
  /** `host:port`, of several brokers with commas between them. */
  readonly bootstrap: string;
  /** Its data, and nothing else. Goes with the peer. */
  readonly directory: string;
  /** Where it shows its metrics, if it does as Millrace. */
  readonly metrics?: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  /** The processes that are brokers, where it is not the one that is started. */
  readonly brokerPids?: () => readonly number[];
}

/** A folder for one peer. It goes at the latest when this process ends. */
export function peerFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `millrace-bench-${name}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Below those that the kernel gives to clients, so that none of them takes the port of a broker that is being started again. */
const ports = { from: 20_000, to: 32_000 };

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = ports.from + Math.floor(Math.random() * (ports.to - ports.from));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
