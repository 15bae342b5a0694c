import { codeOf, LeaderEpoch, Offset } from "@millrace/vocabulary";
import type { CommittedOffset, JoinedGroup, SyncedGroup } from "../../src/index.ts";
import type { Bench, Outcome } from "./bench.ts";
import { subscription } from "./fixtures.ts";

/** Partitions of the topic that the members of the model share out. */
const partitions = 6;
export const modelGroup = "g";

/** How often the runs came upon what they are there for. */
export interface Marks {
  sharedGenerations: number;
  memberCommits: number;
  oldGenerations: number;
  fencings: number;
  skippedAssignments: number;
  rebalancesWhileParked: number;
}

export function noMarks(): Marks {
  return { sharedGenerations: 0, memberCommits: 0, oldGenerations: 0, fencings: 0, skippedAssignments: 0, rebalancesWhileParked: 0 };
}

export interface Joining {
  /** Without its member id. */
  readonly forgets: boolean;
  readonly topics: string[];
  readonly requiresKnownMemberId: boolean;
}

/** What every member of the model must agree with. */
export class Claims {
  readonly marks: Marks;
  /** Who was given a partition in a generation; a static member is its instance, whatever its id. */
  readonly #owners = new Map<string, string>();
  readonly #committed = new Map<number, number>();
  /** The latest generation that anybody has been told, unless the coordinator has lost it since. */
  latestGeneration = 0;
  /** The latest generation that was assigned, and so is stored. */
  #assignedGeneration = 0;

  constructor(marks: Marks) {
    this.marks = marks;
  }

  own(generationId: number, partition: number, owner: string): void {
    const key = `${generationId}/${partition}`;
    const present = this.#owners.get(key) ?? owner;
    if (present !== owner) throw new Error(`partition ${partition} has two owners in generation ${generationId}: ${present}, ${owner}`);
    this.#owners.set(key, owner);
    const others = Array.from(this.#owners).filter(([other, name]) => other.startsWith(`${generationId}/`) && name !== owner);
    if (others.length > 0) this.marks.sharedGenerations++;
    this.#assignedGeneration = Math.max(this.#assignedGeneration, generationId);
    this.latestGeneration = Math.max(this.latestGeneration, generationId);
  }

  /** The coordinator remembers what is stored. */
  crash(): void {
    this.latestGeneration = this.#assignedGeneration;
  }

  commit(partition: number, offset: number, generationId: number): void {
    if (generationId >= 0 && generationId < this.latestGeneration)
      throw new Error(`generation ${generationId} commits in ${this.latestGeneration}`);
    if (generationId >= 0) this.marks.memberCommits++;
    this.#committed.set(partition, offset);
  }

  refuse(error: unknown): void {
    if (codeOf(error) === "ILLEGAL_GENERATION") this.marks.oldGenerations++;
    if (codeOf(error) === "FENCED_INSTANCE_ID") this.marks.fencings++;
    if (codeOf(error) === "REBALANCE_IN_PROGRESS") this.marks.rebalancesWhileParked++;
  }

  /** The group is gone; one of its name begins anew. */
  forgetGroup(): void {
    this.#committed.clear();
    this.#owners.clear();
    this.#assignedGeneration = 0;
    this.latestGeneration = 0;
  }

  check({ partition, offset }: CommittedOffset): void {
    const expected = this.#committed.get(partition) ?? -1;
    if (offset !== expected) throw new Error(`partition ${partition} is at ${offset}, committed was ${expected}`);
  }
}

/**
 * A client that may do anything at any time, with what it remembers or with something else. A diligent one goes on by
 * itself as clients do: it joins with the id that it is given, joins again when called, asks for its assignment.
 */
export class MemberModel {
  readonly #bench: Bench;
  readonly #claims: Claims;
  readonly #name: string;
  readonly #instance: string | undefined;
  readonly #isDiligent: boolean;
  #memberId = "";
  #generationId = -1;
  #members: JoinedGroup["members"] = [];

  constructor(bench: Bench, claims: Claims, who: { name: string; instance: string | undefined; isDiligent: boolean }) {
    this.#bench = bench;
    this.#claims = claims;
    this.#name = who.name;
    this.#instance = who.instance;
    this.#isDiligent = who.isDiligent;
  }

  join(how: Joining): void {
    const { forgets, topics, requiresKnownMemberId } = how;
    if (forgets) this.#memberId = "";
    const join = {
      groupId: modelGroup,
      memberId: this.#memberId,
      groupInstanceId: this.#instance,
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 20_000,
      protocolType: "consumer",
      protocols: [{ name: "range", metadata: subscription(topics) }],
      reason: undefined,
      requiresKnownMemberId,
      supportsSkippingAssignment: forgets,
    };
    this.#bench.ask({ type: "join", join, client: { clientId: this.#name, host: "/127.0.0.1" } }, (outcome) => this.#joined(outcome, how));
  }

  #joined(outcome: Outcome, how: Joining): void {
    if ("error" in outcome) {
      this.#claims.refuse(outcome.error);
      const { memberId } = outcome.error.facts;
      if (codeOf(outcome.error) === "MEMBER_ID_REQUIRED") {
        this.#memberId = String(memberId);
        if (this.#isDiligent) this.join({ ...how, forgets: false });
      }
      if (codeOf(outcome.error) === "UNKNOWN_MEMBER_ID") this.#memberId = "";
      return;
    }
    const joined: JoinedGroup = outcome.answer;
    this.#memberId = joined.memberId;
    this.#generationId = joined.generationId;
    this.#members = joined.members;
    if (joined.skipAssignment) this.#claims.marks.skippedAssignments++;
    this.#claims.latestGeneration = Math.max(this.#claims.latestGeneration, joined.generationId);
    if (this.#isDiligent) this.sync(0);
  }

  /** Shares out all partitions, if it leads, beginning with the `first` member. */
  sync(first: number): void {
    const members = this.#members;
    const assignments = members.map(({ memberId }, index) => ({
      memberId,
      assignment: Buffer.from(sharesOf(members.length, index + first)),
    }));
    const sync = { ...this.#self(), protocolType: undefined, protocolName: undefined, assignments };
    const { generationId } = sync;
    this.#bench.ask({ type: "sync", sync }, (outcome) => {
      if ("error" in outcome) return this.#claims.refuse(outcome.error);
      const { assignment }: SyncedGroup = outcome.answer;
      for (const partition of assignment) this.#claims.own(generationId, partition, this.#instance ?? sync.memberId);
    });
  }

  heartbeat(): void {
    this.#bench.ask({ type: "heartbeat", heartbeat: this.#self() }, (outcome) => {
      const isCalled = "error" in outcome && codeOf(outcome.error) === "REBALANCE_IN_PROGRESS";
      if (isCalled && this.#isDiligent) this.join({ forgets: false, topics: ["orders"], requiresKnownMemberId: true });
    });
  }

  leave(): void {
    const members = [{ memberId: this.#memberId, groupInstanceId: this.#instance, reason: undefined }];
    this.#bench.ask({ type: "leave", groupId: modelGroup, members }, () => {});
  }

  commit(partition: number, offset: number, { asOutsider, generationsBack }: { asOutsider: boolean; generationsBack: number }): void {
    const self = asOutsider
      ? { groupId: modelGroup, generationId: -1, memberId: "", groupInstanceId: undefined }
      : { ...this.#self(), generationId: this.#generationId - generationsBack };
    const committed = { topic: "orders", partition, offset: Offset(offset), leaderEpoch: LeaderEpoch(-1), metadata: "" };
    const commit = { ...self, retentionMs: undefined, reportsMissingGroup: true, partitions: [committed] };
    this.#bench.ask({ type: "commit", commit }, (outcome) => {
      if ("error" in outcome) this.#claims.refuse(outcome.error);
      else this.#claims.commit(partition, offset, self.generationId);
    });
  }

  #self() {
    return { groupId: modelGroup, generationId: this.#generationId, memberId: this.#memberId, groupInstanceId: this.#instance };
  }
}

function sharesOf(members: number, index: number): number[] {
  return Array.from({ length: partitions }, (_, partition) => partition).filter((partition) => partition % members === index % members);
}
