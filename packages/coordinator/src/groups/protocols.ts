/** A protocol that a member can work with, and what it says to the leader under it. */
export interface MemberProtocol {
  readonly name: string;
  readonly metadata: Buffer;
}

/** How many members of a group support each protocol. */
export class SupportedProtocols {
  readonly #members = new Map<string, number>();

  add(protocols: readonly MemberProtocol[]): void {
    for (const name of namesOf(protocols)) this.#members.set(name, (this.#members.get(name) ?? 0) + 1);
  }

  remove(protocols: readonly MemberProtocol[]): void {
    for (const name of namesOf(protocols)) {
      const left = (this.#members.get(name) ?? 0) - 1;
      if (left > 0) this.#members.set(name, left);
      else this.#members.delete(name);
    }
  }

  /** Whether all of `members` members support it. */
  isCommon(name: string, members: number): boolean {
    return (this.#members.get(name) ?? 0) === members;
  }
}

/** A member may name a protocol twice; it has one voice. */
function namesOf(protocols: readonly MemberProtocol[]): Set<string> {
  return new Set(protocols.map(({ name }) => name));
}

/** The protocol with the most votes, each member voting for the first of its own that all support; of equal ones the first that got a vote. */
export function electProtocol(voters: Iterable<readonly MemberProtocol[]>, isCommon: (name: string) => boolean): string | undefined {
  const votes = new Map<string, number>();
  for (const protocols of voters) {
    const choice = protocols.find(({ name }) => isCommon(name))?.name;
    if (choice !== undefined) votes.set(choice, (votes.get(choice) ?? 0) + 1);
  }
  let elected: string | undefined;
  for (const [name, count] of votes) if (elected === undefined || count > votes.get(elected)!) elected = name;
  return elected;
}

/** Whether two members say the same, in the same order. */
export function sameProtocols(some: readonly MemberProtocol[], others: readonly MemberProtocol[]): boolean {
  return some.length === others.length && some.every(({ name, metadata }, index) => isSame(name, metadata, others[index]!));
}

function isSame(name: string, metadata: Buffer, other: MemberProtocol): boolean {
  return name === other.name && metadata.equals(other.metadata);
}
