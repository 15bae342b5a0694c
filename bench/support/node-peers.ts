import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, type Peer, peerFolder, type PeerOptions } from "./peer.ts";

const root = join(import.meta.dirname, "../..");

/** What `npm start` runs, as `npm run build` makes it. */
export const ownBundle: string = join(root, "packages/cli/dist/millrace.mjs");

/** Millrace, one broker, from a bundle. */
export async function millracePeer(
  name: string,
  bundle: string = ownBundle,
  { settings = [], nodeOptions = [] }: PeerOptions = {},
): Promise<Peer> {
  if (!existsSync(bundle)) throw new Error(`there is no bundle ${bundle}; npm run build makes one`);
  const [folder, port] = [peerFolder(name), await freePort()];
  const directory = join(folder, "data");
  const own = [
    "node.id=1",
    `log.dirs=${directory}`,
    `listeners=PLAINTEXT://127.0.0.1:${port}`,
    "group.initial.rebalance.delay.ms=0",
    "log.segment.delete.delay.ms=0",
  ];
  const set = [...own, ...settings].flatMap((setting) => ["--set", setting]);
  const command = [process.execPath, ...nodeOptions, bundle, "broker", "--format", "--log-level", "warn", ...set];
  return { name, bootstrap: `127.0.0.1:${port}`, directory, command, metrics: `http://127.0.0.1:${port}/metrics` };
}

/** Three brokers of Millrace by one command, `millrace up`, as `npm start` runs it. */
export async function upPeer(name: string, { settings = [], nodeOptions = [] }: PeerOptions = {}): Promise<Peer> {
  const [directory, port] = [join(peerFolder(name), "data"), await freePort()];
  const set = settings.flatMap((setting) => ["--set", setting]);
  const up = ["up", "--brokers", "3", "--port", String(port), "--data", directory, "--log-level", "warn", ...set];
  const files = [1, 2, 3].map((id) => join(directory, `broker-${id}/pid`));
  return {
    name,
    bootstrap: [0, 1, 2].map((index) => `127.0.0.1:${port + index}`).join(","),
    directory,
    command: [process.execPath, ...nodeOptions, ownBundle, ...up],
    brokerPids: () => files.filter((file) => existsSync(file)).map((file) => Number(readFileSync(file, "utf8"))),
  };
}

/** The bare spike (`spike.ts`), or the broker that does nothing (`null-broker.ts`). */
export async function barePeer(name: string, script: "spike" | "null-broker", { nodeOptions = [] }: PeerOptions = {}): Promise<Peer> {
  const [folder, port] = [peerFolder(name), await freePort()];
  const directory = join(folder, "data");
  mkdirSync(directory);
  const command = [process.execPath, ...nodeOptions, join(root, `bench/${script}.ts`), String(port), directory];
  return { name, bootstrap: `127.0.0.1:${port}`, directory, command };
}
