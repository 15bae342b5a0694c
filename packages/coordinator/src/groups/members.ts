import { assert, MillraceError } from "@millrace/vocabulary";
import type { Member } from "./member.ts";
import { electProtocol, SupportedProtocols } from "./protocols.ts";

/** The members of a group in the order in which they came, by id and by instance, with what they can speak. */
export class Members {
  readonly #byId = new Map<string, Member>();
  readonly #byInstance = new Map<string, Member>();
  readonly #supported = new SupportedProtocols();

  get size(): number {
    return this.#byId.size;
  }

  get(memberId: string): Member | undefined {
    return this.#byId.get(memberId);
  }

  has(memberId: string): boolean {
    return this.#byId.has(memberId);
  }

  [Symbol.iterator](): Iterator<Member> {
    return this.#byId.values();
  }

  /** The static member that holds an instance id. */
  holderOf(groupInstanceId: string): Member | undefined {
    return this.#byInstance.get(groupInstanceId);
  }

  /** The member that asks. Throws UNKNOWN_MEMBER_ID; FENCED_INSTANCE_ID where another has taken over its instance id. */
  require(memberId: string, groupInstanceId: string | undefined): Member {
    const holder = groupInstanceId === undefined ? this.get(memberId) : this.holderOf(groupInstanceId);
    if (holder === undefined) throw new MillraceError("UNKNOWN_MEMBER_ID", { memberId, groupInstanceId });
    if (holder.memberId !== memberId) throw new MillraceError("FENCED_INSTANCE_ID", { memberId, groupInstanceId });
    return holder;
  }

  add(member: Member): void {
    assert(!this.has(member.memberId), "a member is added once", { memberId: member.memberId });
    this.#byId.set(member.memberId, member);
    if (member.groupInstanceId !== undefined) this.#byInstance.set(member.groupInstanceId, member);
    this.#supported.add(member.protocols);
  }

  remove(member: Member): void {
    this.#byId.delete(member.memberId);
    if (member.groupInstanceId !== undefined) this.#byInstance.delete(member.groupInstanceId);
    this.#supported.remove(member.protocols);
  }

  /** What a member says when it joins again. */
  update(member: Member, joining: Pick<Member, "protocols" | "sessionTimeoutMs" | "rebalanceTimeoutMs">): void {
    this.#supported.remove(member.protocols);
    member.protocols = joining.protocols;
    member.sessionTimeoutMs = joining.sessionTimeoutMs;
    member.rebalanceTimeoutMs = joining.rebalanceTimeoutMs;
    this.#supported.add(member.protocols);
  }

  /** Whether every member supports a protocol. */
  allSupport(protocolName: string): boolean {
    return this.#supported.isCommon(protocolName, this.size);
  }

  /** The protocol that they would choose now; undefined where there are none. */
  electProtocol(): string | undefined {
    const voters = Array.from(this, ({ protocols }) => protocols);
    return electProtocol(voters, (name) => this.allSupport(name));
  }

  /** The longest time that one of them asks for to join again. */
  get rebalanceTimeoutMs(): number {
    let longestMs = 0;
    for (const { rebalanceTimeoutMs } of this) longestMs = Math.max(longestMs, rebalanceTimeoutMs);
    return longestMs;
  }
}
