import type { Broker } from "@millrace/broker";
import type { Address, Runtime } from "@millrace/runtime";
import type { Configuration } from "@millrace/vocabulary";
import type { OwnLife } from "./own-life.ts";

/** One listener whose port is taken. */
export interface NamedListener {
  readonly name: string;
  /** With the port that was taken, where the configuration left it open. */
  readonly address: Address;
}

/** The way into one broker: ports that are taken first, and opened when there is a broker to serve behind them. */
export interface Entrance {
  readonly listeners: readonly NamedListener[];
  /** Lets in who waits, and who comes from now on. Called once. */
  open(broker: Broker): Promise<void>;
  /** Lets nobody in any more, closes every connection and gives the ports back. Harmless when that has been done. */
  close(): Promise<void>;
}

/** Where a broker is let in, and who it says that it is, from the moment at which its ports are taken. */
export interface Place {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  readonly own: OwnLife;
}

/** Takes the ports that a configuration names. Rejects, with none of them held, as `Sockets.listen` does. */
export type TakeEntrance = (place: Place) => Promise<Entrance>;
