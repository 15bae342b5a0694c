import type { Address } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { Lead } from "../lead.ts";

/** Says where the active controller is. */
export interface ControllerLocator {
  /** Where it is, or may be; undefined: nobody knows at the moment. */
  readonly leader: Address | undefined;
  /** Calls back when another leader became known, or none is, until the function it returns is called. */
  watch(changed: () => void): () => void;
  /** The node at this address was not reached, or did not lead, and said who does. */
  missed(address: Address, lead: Lead | undefined): void;
}

/** A node that `controller.quorum.voters` names. */
export interface NamedVoter {
  readonly id: number;
  readonly address: Address;
}

/** Names the voters of the configuration one after the other until one leads, and whomever a node that does not lead says that leads. */
export function votersInTurn(voters: readonly NamedVoter[]): ControllerLocator {
  let turn = 0;
  let current = voters[0]?.address;
  return {
    get leader() {
      return current;
    },
    watch: () => () => {},
    missed: (address, lead) => {
      if (current === undefined || !isSameAddress(address, current)) return;
      const told = lead?.address ?? voters.find(({ id }) => id === lead?.id)?.address;
      turn = told === undefined ? (turn + 1) % voters.length : turn;
      current = told ?? voters[turn]!.address;
    },
  };
}

export function isSameAddress(a: Address, b: Address): boolean {
  return a.host === b.host && a.port === b.port;
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
