import { MillraceError } from "../errors/millrace-error.ts";

/** Where a client begins to look for its cluster: `host:port`, several divided by commas or as an array. */
export type Addresses = string | readonly string[];

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Reads at least one address; those of IPv6 stand in brackets. CONFIGURATION_INVALID for what is none. */
export function parseAddresses(addresses: Addresses): Address[] {
  const texts = (typeof addresses === "string" ? addresses.split(",") : addresses).map((text) => text.trim()).filter((text) => text !== "");
  if (texts.length === 0) throw new MillraceError("CONFIGURATION_INVALID", { faults: ["at least one address is needed: host:port"] });
  return texts.map(parseAddress);
}

function parseAddress(text: string): Address {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
    throw new MillraceError("CONFIGURATION_INVALID", { faults: [`${JSON.stringify(text)} is no address: host:port, or [IPv6]:port`] });
  return { host, port: Number(port) };
}

/** `host:port`, with an IPv6 address in brackets. */
export function printAddress({ host, port }: Address): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
