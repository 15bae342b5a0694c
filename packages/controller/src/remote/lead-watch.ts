import type { Address, Clock, Peers } from "@millrace/runtime";
import { assert } from "@millrace/vocabulary";
import type { Lead } from "../lead.ts";
import { LeadLine } from "./lead-line.ts";
import type { NamedVoter } from "./named-voter.ts";

export interface LeadWatchOptions {
  readonly peers: Peers;
  readonly clock: Clock;
  /** That `controller.quorum.voters` names; at least one. */
  readonly voters: readonly NamedVoter[];
  /** Another leader is known, or the same one is ready. */
  readonly changed: () => void;
}

/**
 * Where a broker looks for the active controller. It keeps a connection to every voter, hears from each who leads, and believes the
 * one of the latest term. While nobody says anything it names one voter after the other.
 */
export class LeadWatch {
  readonly #options: LeadWatchOptions;
  /** What each voter said last, by its id. */
  readonly #news = new Map<number, Lead>();
  /** Those whose connections stand, by id. */
  readonly #reached = new Set<number>();
  readonly #reachWatchers = new Set<() => void>();
  /** What `changed` was called for last. */
  #told: Lead | undefined;
  #turn = 0;
  #lines: readonly LeadLine[] = [];

  constructor(options: LeadWatchOptions) {
    assert(options.voters.length > 0, "a broker follows at least one controller");
    this.#options = options;
  }

  /** Where the active controller is, or may be. */
  get address(): Address {
    return this.#addressOf(this.#latest) ?? this.#inTurn.address;
  }

  /** Whether connections stand to more than half of the voters: without them nobody leads that this broker could find. */
  get reachesMajority(): boolean {
    return this.#reached.size * 2 > this.#options.voters.length;
  }

  /** Calls back whenever a connection to a voter stands or breaks, until the function it returns is called. */
  watchReach(watcher: () => void): () => void {
    this.#reachWatchers.add(watcher);
    return () => void this.#reachWatchers.delete(watcher);
  }

  /** Connects to every voter. Called once. */
  begin(): void {
    this.#lines = this.#options.voters.map((voter) => this.#lineTo(voter));
  }

  /** The node at this address was not reached, or does not lead, whatever others say, and may have said who does. */
  missed(address: Address, lead: Lead | undefined): void {
    for (const [id, said] of this.#news) if (this.#isAt(said, address)) this.#news.delete(id);
    if (this.#told !== undefined && this.#isAt(this.#told, address)) this.#told = undefined;
    const { voters } = this.#options;
    const voter = voters.find((named) => isSameAddress(named.address, address));
    if (lead !== undefined && voter !== undefined && !this.#isAt(lead, address)) this.#news.set(voter.id, lead);
    if (isSameAddress(this.#inTurn.address, address)) this.#turn = (this.#turn + 1) % voters.length;
  }

  close(): void {
    for (const line of this.#lines) line.close();
  }

  #lineTo(voter: NamedVoter): LeadLine {
    const { peers, clock } = this.#options;
    const reached = (isReached: boolean) => {
      if (isReached) this.#reached.add(voter.id);
      else this.#reached.delete(voter.id);
      for (const watcher of this.#reachWatchers) watcher();
    };
    return new LeadLine({ peers, clock, voter, heard: (lead) => this.#heard(voter, lead), reached });
  }

  get #inTurn(): NamedVoter {
    return this.#options.voters[this.#turn]!;
  }

  get #latest(): Lead | undefined {
    return [...this.#news.values()].reduce<Lead | undefined>(
      (latest, lead) => (lead.term > (latest?.term ?? -1) ? lead : latest),
      undefined,
    );
  }

  #heard({ id }: NamedVoter, lead: Lead | undefined): void {
    if (lead === undefined) return void this.#news.delete(id);
    this.#news.set(id, lead);
    const latest = this.#latest!;
    if (this.#told?.id === latest.id && this.#told.term === latest.term) return;
    this.#told = latest;
    this.#options.changed();
  }

  /** Configuration is asked first: what a voter says of another may be where that was before it moved. */
  #addressOf(lead: Lead | undefined): Address | undefined {
    return this.#options.voters.find(({ id }) => id === lead?.id)?.address ?? lead?.address;
  }

  #isAt(lead: Lead, address: Address): boolean {
    const at = this.#addressOf(lead);
    return at !== undefined && isSameAddress(at, address);
  }
}

export function isSameAddress(a: Address, b: Address): boolean {
  return a.host === b.host && a.port === b.port;
}
