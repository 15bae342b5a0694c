import type { Address } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";

/** A node that `controller.quorum.voters` names. */
export interface NamedVoter {
  readonly id: number;
  readonly address: Address;
}

/** Reads `id@host:port` of each voter; IPv6 addresses stand in brackets. Throws CONFIGURATION_INVALID. */
export function parseVoters(texts: readonly string[]): NamedVoter[] {
  return texts.map((text) => {
    const [, id, bracketed, plain, port] = /^(\d+)@(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/]+)):(\d{1,5})$/.exec(text) ?? [];
    if (id === undefined || Number(port) > 65_535)
      throw new MillraceError("CONFIGURATION_INVALID", {
        faults: [`controller.quorum.voters: must be id@host:port, not ${JSON.stringify(text)}`],
      });
    return { id: Number(id), address: { host: (bracketed ?? plain)!, port: Number(port) } };
  });
}
