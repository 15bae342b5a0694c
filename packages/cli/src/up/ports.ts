import { createServer } from "node:net";
import { MillraceError } from "@millrace/vocabulary";
import { misuse } from "../option-values.ts";

/** From a broker's port for clients to the one for other brokers, and the one for controllers. */
export const portOffsets = { internal: 100, controller: 200 } as const;
/** So many brokers can one machine have before their ports meet those among themselves. */
export const brokersMax: number = portOffsets.internal;

const portMax = 65_535;
/** Where a free port is looked for: below those that the kernel gives to clients, so that none of them takes a broker's while it is away. */
const freePorts = { from: 20_000, to: 32_000 };
const triesMax = 200;

/**
 * The port of the first broker; those of the others follow it. 0 takes free ones. Rejects with ADDRESS_IN_USE, naming every
 * address that is taken.
 *
 * @param hosts where all of them are to listen
 */
export async function firstPort(port: number, brokers: number, hosts: readonly string[]): Promise<number> {
  if (port === 0) return freeFirstPort(brokers, hosts);
  const last = port + portOffsets.controller + brokers - 1;
  if (last > portMax) throw misuse(`--port: ${port} leaves no room for ${brokers} brokers, whose ports go up to ${last}`);
  const taken = await takenAddresses(port, brokers, hosts);
  if (taken.length > 0)
    throw new MillraceError("ADDRESS_IN_USE", { addresses: taken, free: `--port ${await freeFirstPort(brokers, hosts)}` });
  return port;
}

async function freeFirstPort(brokers: number, hosts: readonly string[]): Promise<number> {
  for (let tries = 0; tries < triesMax; tries++) {
    const port = freePorts.from + Math.floor(Math.random() * (freePorts.to - freePorts.from));
    if ((await takenAddresses(port, brokers, hosts)).length === 0) return port;
  }
  throw new MillraceError("ADDRESS_IN_USE", { from: freePorts.from, to: freePorts.to, triesMax });
}

async function takenAddresses(port: number, brokers: number, hosts: readonly string[]): Promise<string[]> {
  const own = Array.from({ length: brokers }, (_, index) => port + index);
  const internal = brokers > 1 ? Object.values(portOffsets).flatMap((offset) => own.map((each) => each + offset)) : [];
  const taken: string[] = [];
  for (const each of [...own, ...internal])
    for (const host of hosts) if (!(await isFree(each, host))) taken.push(host.includes(":") ? `[${host}]:${each}` : `${host}:${each}`);
  return taken;
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
