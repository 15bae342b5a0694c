import { MillraceError } from "../errors/millrace-error.ts";

/** One address of `listeners` or `advertised.listeners`. */
export interface Endpoint {
  readonly name: string;
  /** Empty: every address of the machine. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** Reads `NAME://host:port`; IPv6 addresses stand in brackets. Throws CONFIGURATION_INVALID, naming the key. */
export function parseEndpoint(text: string, key: string): Endpoint {
  const [, name, bracketed, plain, port] = /^([A-Za-z0-9_]+):\/\/(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/]*)):(\d+)$/.exec(text) ?? [];
  if (name === undefined || Number(port) > 65_535) {
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: [`${key}: must be NAME://host:port with a port up to 65535, not ${JSON.stringify(text)}`],
    });
  }
  return { name: name.toUpperCase(), host: bracketed ?? plain ?? "", port: Number(port) };
}

/** Reads every address of a key; two of one name are refused. */
export function parseEndpoints(texts: readonly string[], key: string): Endpoint[] {
  const endpoints = texts.map((text) => parseEndpoint(text, key));
  const twice = endpoints.find(({ name }, index) => endpoints.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) throw new MillraceError("CONFIGURATION_INVALID", { faults: [`${key}: names the listener ${twice.name} twice`] });
  return endpoints;
}
