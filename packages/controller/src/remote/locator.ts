import type { Address } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";

/** Says where the active controller is. */
export interface ControllerLocator {
  /** Where it is, or may be; undefined: nobody knows at the moment. */
  readonly leader: Address | undefined;
  /** Calls back when another leader became known, or none is, until the function it returns is called. */
  watch(changed: () => void): () => void;
  /** The node at this address was not reached, or did not lead. */
  missed(address: Address): void;
}

/** Goes by the configuration alone: names one voter after the other until one leads. */
export function votersInTurn(addresses: readonly Address[]): ControllerLocator {
  let current = 0;
  return {
    get leader() {
      return addresses[current];
    },
    watch: () => () => {},
    missed: (address) => {
      if (address === addresses[current]) current = (current + 1) % addresses.length;
    },
  };
}

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
