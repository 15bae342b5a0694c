import { assert } from "@millrace/vocabulary";
import type { JoinedGroup, SyncedGroup } from "../contract.ts";
import { Deadline } from "../shard/deadlines.ts";
import type { Ticket } from "../shard/machine.ts";
import type { StoredGroup, StoredMember } from "../stored/group-record.ts";
import type { GroupDue } from "./group-due.ts";
import { type Member, memberFromStored } from "./member.ts";
import { Members } from "./members.ts";
import { type MemberProtocol, sameProtocols } from "./protocols.ts";
import { subscribedTopics } from "./subscription.ts";

/**
 * Where a group stands; a group that is gone has no object.
 *
 *     Empty ──> PreparingRebalance ──> CompletingRebalance ──> Stable
 *       ^          │    ^   ^                │                   │
 *       └──────────┘    │   └────────────────┘                   │
 *                       └────────────────────────────────────────┘
 */
export type ClassicState = "Empty" | "PreparingRebalance" | "CompletingRebalance" | "Stable";

/** The protocol type of consumers, whose metadata the broker can read. */
const consumerProtocolType = "consumer";

/** A group of the classic protocol: its members choose a leader, and the leader assigns. */
export class ClassicGroup {
  readonly groupId: string;
  state: ClassicState = "Empty";
  previousState: ClassicState = "Empty";
  /** Wall time since which it is in its state; undefined where an old record does not say. */
  stateSinceMs: number | undefined;
  /** Rises by one with each rebalance. */
  generationId = 0;
  /** Undefined while only offsets have been committed: a simple group. Stays when the members have gone. */
  protocolType: string | undefined;
  /** What the members of this generation speak. */
  protocolName: string | undefined;
  leaderId: string | undefined;
  /** What the members of this generation consume; undefined where the broker cannot tell. */
  subscribedTopics: ReadonlySet<string> | undefined;
  members = new Members();
  /** Ids that were handed out with MEMBER_ID_REQUIRED and are not in use yet, with the time they are kept. */
  readonly announced = new Map<string, Deadline<GroupDue>>();
  /** Members whose JoinGroup waits for the other members. */
  readonly parkedJoins = new Map<string, Ticket<JoinedGroup>>();
  /** Members whose SyncGroup waits for the leader. */
  readonly parkedSyncs = new Map<string, Ticket<SyncedGroup>>();
  /** Members of this generation that have not asked for their assignment. */
  readonly awaitedSyncs = new Set<string>();
  /** Whether a member came during the first rebalance, which then waits a little longer. */
  hasGrown = false;
  /** Of the first rebalance: how long it waits at present, and how much longer it may wait for more members. */
  firstDelay = { delayMs: 0, leftMs: 0 };
  readonly joinDeadline: Deadline<GroupDue>;
  readonly syncDeadline: Deadline<GroupDue>;

  constructor(groupId: string) {
    this.groupId = groupId;
    this.joinDeadline = new Deadline({ type: "join", groupId });
    this.syncDeadline = new Deadline({ type: "sync", groupId });
  }

  /** Adds a member that is none yet. The first one leads, and its protocol type is the group's. */
  add(member: Member, protocolType: string): void {
    if (this.members.size === 0) this.protocolType = protocolType;
    this.leaderId ??= member.memberId;
    this.members.add(member);
    this.announced.delete(member.memberId);
  }

  /** Removes a member, whose parked requests have been answered. The next in line leads where it led. */
  remove(member: Member): void {
    const { memberId } = member;
    assert(!this.parkedJoins.has(memberId) && !this.parkedSyncs.has(memberId), "no parked request is lost", { memberId });
    this.members.remove(member);
    this.awaitedSyncs.delete(memberId);
    if (this.leaderId === memberId) this.leaderId = firstOf(this.members)?.memberId;
  }

  /** Puts a static member that has come back in its own place. */
  replace(old: Member, successor: Member): void {
    const wasLeader = this.leaderId === old.memberId;
    const wasAwaited = this.awaitedSyncs.has(old.memberId);
    this.remove(old);
    this.members.add(successor);
    if (wasLeader) this.leaderId = successor.memberId;
    if (wasAwaited) this.awaitedSyncs.add(successor.memberId);
  }

  /** Whether somebody with these protocols may join: into an empty group with any, else with one that all members speak. */
  supports(protocolType: string, protocols: readonly MemberProtocol[]): boolean {
    if (this.state === "Empty") return protocolType !== "" && protocols.length > 0;
    return protocolType === this.protocolType && protocols.some(({ name }) => this.members.allSupport(name));
  }

  /** Whether every member waits for the others, and no announced one is to come. */
  get isComplete(): boolean {
    return this.parkedJoins.size === this.members.size && this.announced.size === 0;
  }

  get isConsumerGroup(): boolean {
    return this.protocolType === consumerProtocolType;
  }

  /** Whether the members consume a topic; of consumers whose topics cannot be told, it is assumed. */
  isSubscribedTo(topic: string): boolean {
    return this.subscribedTopics?.has(topic) ?? this.isConsumerGroup;
  }

  transitionTo(state: ClassicState, wallMs: number | undefined): void {
    this.previousState = this.state;
    this.state = state;
    this.stateSinceMs = wallMs;
  }

  /** Sets what the members speak from now on, and reads what they consume. */
  speak(protocolName: string | undefined): void {
    this.protocolName = protocolName;
    this.subscribedTopics = this.#readSubscriptions();
  }

  /**
   * Takes over what a record says. Live the members are those of the record, and keep what no record holds: their other
   * protocols, whether they have asked for their assignment. On replay this generation takes the place of the former.
   */
  adopt(stored: StoredGroup): void {
    this.protocolType = stored.protocolType === "" ? undefined : stored.protocolType;
    this.generationId = stored.generationId;
    this.members = this.#adoptMembers(stored);
    this.leaderId = this.members.size === 0 ? undefined : stored.leaderId;
    this.speak(stored.protocolName);
    this.transitionTo(stored.members.length === 0 ? "Empty" : "Stable", stored.stateSinceMs);
  }

  #adoptMembers({ members, protocolName }: StoredGroup): Members {
    const adopted = new Members();
    for (const stored of members) {
      const described = memberFromStored(this.groupId, stored, protocolName ?? "");
      const known = this.members.get(stored.memberId);
      adopted.add(known !== undefined && says(known, described) ? adoptMember(known, stored) : described);
    }
    return adopted;
  }

  #readSubscriptions(): ReadonlySet<string> | undefined {
    if (!this.isConsumerGroup) return undefined;
    const topics = new Set<string>();
    for (const { protocols } of this.members) {
      const chosen = protocols.find(({ name }) => name === this.protocolName);
      const read = chosen && subscribedTopics(chosen.metadata);
      if (read === undefined) return undefined;
      for (const topic of read) topics.add(topic);
    }
    return topics;
  }
}

function firstOf(members: Members): Member | undefined {
  for (const member of members) return member;
  return undefined;
}

/** Whether what a record knows of a member is part of what is known here. */
function says(known: Member, described: Member): boolean {
  return known.protocols.some((protocol) => sameProtocols([protocol], described.protocols));
}

function adoptMember(known: Member, { sessionTimeoutMs, rebalanceTimeoutMs, assignment }: StoredMember): Member {
  known.sessionTimeoutMs = sessionTimeoutMs;
  known.rebalanceTimeoutMs = rebalanceTimeoutMs;
  known.assignment = assignment;
  return known;
}
