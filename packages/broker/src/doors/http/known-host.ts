import { type Configuration, parseEndpoint } from "@millrace/vocabulary";

/**
 * Whether a Host header names this broker: an address, `localhost`, a name of its listeners, the machine's, or one of
 * millrace.http.hosts. Names that anybody could point here are refused.
 */
export function isKnownHost(header: string | undefined, broker: { configuration: Configuration; host: { name: string } }): boolean {
  if (header === undefined) return false;
  const name = header.replace(/:\d+$/, "").toLowerCase();
  if (name === "localhost" || isAddress(name)) return true;
  return knownNames(broker).has(name);
}

function isAddress(name: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name);
}

function knownNames({ configuration, host }: { configuration: Configuration; host: { name: string } }): Set<string> {
  const addresses = [...configuration.get("listeners"), ...(configuration.get("advertised.listeners") ?? [])];
  const names = addresses.map((address) => parseEndpoint(address, "listeners").host);
  return new Set([...names, host.name, ...configuration.get("millrace.http.hosts")].map((name) => name.toLowerCase()));
}
