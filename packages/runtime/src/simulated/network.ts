import { MillraceError } from "@millrace/vocabulary";
import type { Address } from "../ports/sockets.ts";
import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import type { NetworkFaults, Span } from "./faults.ts";
import type { Life } from "./life.ts";
import { Link } from "./link.ts";
import { WireEnd } from "./wire.ts";

/**
 * What travels: a byte stream, or whole messages. A connection to a listener of the other kind is refused; both kinds may listen at one
 * port, as where a real one tells them apart by their first bytes.
 */
export type Traffic = "bytes" | "messages";

/** A process that takes connections at a port of its machine. */
interface Listening {
  /** Takes an end that belongs to nobody yet. */
  readonly accept: (end: WireEnd, remote: Address, local: Address) => void;
}

/** A connection that was made, until both its ends are over. */
interface Wire {
  readonly from: string;
  readonly to: string;
  readonly traffic: Traffic;
  readonly near: WireEnd;
  readonly far: WireEnd;
}

/** Who a connection was made for. */
export interface Dialled {
  established(end: WireEnd, local: Address): void;
  failed(error: MillraceError): void;
}

/** The first port of those that a machine gives out by itself. */
const firstFreePort = 49_152;

/** Every machine by its name, and the ways between them. Machines are reached by their names; `localhost` is the own one. */
export class Network {
  readonly #agenda: Agenda;
  readonly #chanceOf: (name: string) => Chance;
  readonly #isDown: (machine: string) => boolean;
  readonly #links = new Map<string, Link>();
  readonly #listening = new Map<string, Listening>();
  readonly #wires = new Map<WireEnd, Wire>();
  #nextPort = firstFreePort;
  faults: NetworkFaults;

  constructor(agenda: Agenda, chanceOf: (name: string) => Chance, isDown: (machine: string) => boolean, faults: NetworkFaults) {
    this.#agenda = agenda;
    this.#chanceOf = chanceOf;
    this.#isDown = isDown;
    this.faults = faults;
  }

  /** The way from one machine to another. */
  link(from: string, to: string): Link {
    const name = `${from}>${to}`;
    const found = this.#links.get(name);
    if (found !== undefined) return found;
    const chance = this.#chanceOf(`link ${name}`);
    const link = new Link(
      this.#agenda,
      chance,
      from === to
        ? () => chance.within(this.faults.loopbackUs)
        : ({ delayUs }) => this.#drawDelayUs(delayUs ?? this.faults.delayUs, chance),
      () => this.#isDown(to),
    );
    this.#links.set(name, link);
    return link;
  }

  /** How long the next parcel takes. */
  #drawDelayUs(span: Span, chance: Chance): number {
    const delayUs = chance.within(span);
    return chance.hits(this.faults.lostPpm) ? delayUs + chance.within(this.faults.resendUs) : delayUs;
  }

  /** Lets a way take longer, or as long as the others again. */
  delay(from: string, to: string, delayUs: Span | undefined): void {
    this.link(from, to).delayUs = delayUs;
  }

  /** Nothing arrives from one machine at the other. Connections of Peers notice after their keep-alive, others never do. */
  cut(from: string, to: string): void {
    const link = this.link(from, to);
    link.cut();
    const { cutNumber } = link;
    this.#afterKeepAlive((wire) => isBetween(wire, from, to) && link.cutNumber === cutNumber);
  }

  heal(from: string, to: string): void {
    this.link(from, to).heal();
  }

  /** Breaks every connection that stands between two machines. */
  breakConnections(a: string, b: string): void {
    this.#breakWires((wire) => isBetween(wire, a, b));
  }

  /** A machine has no power any more, so that it answers nothing. */
  powerCut(machine: string): void {
    const standing = new Set([...this.#wires.values()].filter(({ from, to }) => from === machine || to === machine));
    this.#afterKeepAlive((wire) => standing.has(wire));
  }

  /** A machine has power again: what waited for it arrives, and learns that its process is gone. */
  powerBack(machine: string): void {
    for (const [name, link] of this.#links) if (name.endsWith(`>${machine}`)) link.revive();
  }

  /** Takes a port of the process' machine; 0 takes a free one. Throws ADDRESS_IN_USE. */
  listen(life: Life, address: Address, traffic: Traffic, accept: Listening["accept"]): { address: Address; close: () => void } {
    const port = address.port === 0 ? this.#nextPort++ : address.port;
    const key = `${life.name}:${port}/${traffic}`;
    if (this.#listening.has(key)) throw new MillraceError("ADDRESS_IN_USE", { host: address.host, port });
    const listening = { accept };
    this.#listening.set(key, listening);
    const close = () => {
      forgetEnding();
      if (this.#listening.get(key) === listening) this.#listening.delete(key);
    };
    const forgetEnding = life.onEnd(close);
    return { address: { host: address.host, port }, close };
  }

  /** Connects. A machine without power, or behind a cut, answers nothing: then `timeoutMs` decides. */
  dial(life: Life, address: Address, traffic: Traffic, timeoutMs: number, dialled: Dialled): void {
    const target = machineAt(address.host, life.name);
    const local = { host: life.name, port: this.#nextPort++ };
    const lanes = [this.link(life.name, target).lane(), this.link(target, life.name).lane()] as const;
    const [near, far] = WireEnd.pair(...lanes, () => this.#wires.delete(near));
    const fail = (facts: Record<string, unknown>) => {
      if (timeout !== undefined) life.cancel(timeout);
      near.abandon();
      dialled.failed(new MillraceError("CONNECTION_FAILED", { ...address, ...facts }));
    };
    const timeout = life.timer(timeoutMs * 1000, () => fail({ timeoutMs }));
    near.belongTo(life, { broken: () => fail({ errno: "ECONNRESET" }) });
    near.send(() => {
      const listening = this.#listening.get(`${target}:${address.port}/${traffic}`);
      if (listening === undefined) return far.send(() => fail({ errno: "ECONNREFUSED" }));
      this.#wires.set(near, { from: life.name, to: target, traffic, near, far });
      far.send(() => {
        if (timeout !== undefined) life.cancel(timeout);
        dialled.established(near, local);
      });
      listening.accept(far, local, { host: target, port: address.port });
    });
  }

  #afterKeepAlive(isMeant: (wire: Wire) => boolean): void {
    this.#agenda.add(this.faults.keepAliveMs * 1000, true, () => {
      this.#breakWires((wire) => wire.traffic === "messages" && isMeant(wire));
    });
  }

  #breakWires(isMeant: (wire: Wire) => boolean): void {
    for (const wire of this.#wires.values()) {
      if (!isMeant(wire)) continue;
      this.#agenda.add(0, false, () => wire.near.break());
      this.#agenda.add(0, false, () => wire.far.break());
    }
  }
}

function isBetween({ from, to }: Wire, a: string, b: string): boolean {
  return (from === a && to === b) || (from === b && to === a);
}

const ownNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1", "0.0.0.0", "::", ""]);

function machineAt(host: string, own: string): string {
  return ownNames.has(host) ? own : host;
}
