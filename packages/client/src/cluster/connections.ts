import type { Address, PeerChannel, Peers } from "@millrace/runtime";
import { printAddress } from "@millrace/vocabulary";

/** One channel to each address that was ever asked for. */
export class Connections {
  /** What every call and stream carries: what the client calls itself. */
  readonly headers: ReadonlyMap<string, string>;
  readonly #peers: Peers;
  readonly #channels = new Map<string, PeerChannel>();

  constructor(peers: Peers, clientId: string) {
    this.#peers = peers;
    this.headers = new Map([["millrace-client-id", clientId]]);
  }

  to(address: Address): PeerChannel {
    const name = printAddress(address);
    const channel = this.#channels.get(name) ?? this.#peers.channel(address);
    this.#channels.set(name, channel);
    return channel;
  }

  close(): void {
    for (const channel of this.#channels.values()) channel.close();
  }
}
