import { mkdtempSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { exitCodes } from "../exit-codes.ts";
import { BrokerProcess } from "./broker-process.ts";

export interface UpOptions {
  readonly port: number;
  readonly data: string;
  readonly ephemeral: boolean;
  readonly set?: readonly string[];
  readonly logLevel: string;
}

/** A broker that dies by itself is started again after so long. */
const restartDelayMs = 3_000;

/**
 * Runs a broker in a process of its own, says when it serves, starts it again when it dies, and stops it on Ctrl-C. Ends the
 * process where the broker cannot even start the first time: it has said why by then.
 */
export async function up(options: UpOptions): Promise<void> {
  const data = options.ephemeral ? mkdtempSync(join(tmpdir(), "millrace-")) : resolve(options.data);
  const broker = new BrokerProcess({
    id: 1,
    directory: join(data, "broker-1"),
    settings: [...settingsOf(options), ...(options.set ?? [])],
    logLevel: options.logLevel,
  });
  const stopped = stopSignal();
  const first = await Promise.race([broker.start(), stopped]);
  if (first === "died") process.exit(exitCodes.failed);
  if (Array.isArray(first)) {
    // The others are the same broker by IPv6.
    const [address] = first;
    console.log(`ready ${address} console http://${address}`);
    await Promise.race([keepAlive(broker), stopped]);
  }
  await broker.stop();
  if (options.ephemeral) rmSync(data, { recursive: true, force: true });
  process.exit(exitCodes.ok);
}

/** What suits a cluster on one machine; `--set` wins. */
function settingsOf({ port }: UpOptions): string[] {
  const listeners = [`PLAINTEXT://127.0.0.1:${port}`];
  // A free port would be another one there.
  if (port !== 0 && hasIpv6Loopback()) listeners.push(`LOOPBACK6://[::1]:${port}`);
  return [
    `listeners=${listeners.join(",")}`,
    "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,LOOPBACK6:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "group.initial.rebalance.delay.ms=0",
  ];
}

function hasIpv6Loopback(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === "::1"));
}

async function keepAlive(broker: BrokerProcess): Promise<void> {
  for (;;) {
    const end = await broker.ended;
    if (broker.isStopping) return;
    console.error(`millrace: broker ${broker.id} has ended by itself (${end}); it starts again in ${restartDelayMs / 1000} s`);
    await new Promise((next) => setTimeout(next, restartDelayMs));
    const outcome = await broker.start();
    if (outcome !== "died") console.error(`millrace: broker ${broker.id} serves again`);
  }
}

function stopSignal(): Promise<"stopped"> {
  return new Promise((next) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => next("stopped"));
  });
}
