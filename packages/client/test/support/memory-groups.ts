import { failureOf } from "@millrace/contracts";
import { Groups, type JoinRequest, type JoinResponse, type SyncResponse } from "@millrace/contracts/groups";
import { serveMethod } from "@millrace/rpc";
import type { Clock, PeerMethod, Timer } from "@millrace/runtime";
import { type ErrorCode, MillraceError } from "@millrace/vocabulary";
import { hostOf, port } from "./hosts.ts";

interface MemoryMember {
  readonly id: string;
  readonly request: JoinRequest;
  session: Timer | undefined;
  joined: ((response: JoinResponse) => void) | undefined;
  synced: ((response: SyncResponse) => void) | undefined;
  refused: ((error: MillraceError) => void) | undefined;
}

interface MemoryGroup {
  readonly members: Map<string, MemoryMember>;
  readonly offsets: Map<string, number>;
  generation: number;
  leader: string;
  state: "Empty" | "PreparingRebalance" | "CompletingRebalance" | "Stable";
  deadline: Timer | undefined;
}

/** The classic group protocol, as much of it as members see. */
export class MemoryGroups {
  /** Which broker coordinates every group. */
  coordinator = 1;
  readonly groups = new Map<string, MemoryGroup>();
  /** What Join is refused with. */
  refusal: ErrorCode | undefined;
  #memberIds = 0;

  /** What a group has committed: `topic-partition` to offset. */
  committed(groupId: string): Record<string, number> {
    return Object.fromEntries(this.#group(groupId).offsets);
  }

  /** Takes a member out of its group, as an expired session does. */
  evict(groupId: string, memberId: string): void {
    const group = this.#group(groupId);
    group.members.get(memberId)?.session?.cancel();
    group.members.delete(memberId);
    group.state = "PreparingRebalance";
    group.generation++;
  }

  methods(broker: number, clock: Clock): PeerMethod[] {
    const check = () => {
      if (this.coordinator !== broker) throw new MillraceError("NOT_COORDINATOR");
    };
    return [
      serveMethod(Groups.findCoordinator, async () => ({ broker: this.coordinator, host: hostOf(this.coordinator), port })),
      serveMethod(Groups.join, async (request) => {
        check();
        if (this.refusal !== undefined) throw new MillraceError(this.refusal);
        return this.#join(request, clock);
      }),
      serveMethod(Groups.sync, async ({ member, assignments }) => {
        check();
        const group = this.#group(member!.groupId);
        const its = this.#member(group, member!.memberId, member!.generationId);
        if (group.state === "PreparingRebalance") throw new MillraceError("REBALANCE_IN_PROGRESS");
        const answer = new Promise<SyncResponse>((synced, refused) => Object.assign(its, { synced, refused }));
        if (its.id === group.leader) {
          group.state = "Stable";
          for (const each of group.members.values())
            each.synced?.({
              protocolType: "consumer",
              protocolName: "range",
              assignment: assignments.find(({ memberId }) => memberId === each.id)?.assignment ?? Buffer.alloc(0),
            });
        }
        return answer;
      }),
      serveMethod(Groups.heartbeat, async ({ member }) => {
        check();
        const group = this.#group(member!.groupId);
        this.#keepAlive(member!.groupId, this.#member(group, member!.memberId, member!.generationId), clock);
        if (group.state === "PreparingRebalance") throw new MillraceError("REBALANCE_IN_PROGRESS");
        return {};
      }),
      serveMethod(Groups.leave, async ({ groupId, members }) => {
        check();
        for (const { memberId } of members) {
          this.#group(groupId).members.get(memberId)?.session?.cancel();
          this.#group(groupId).members.delete(memberId);
        }
        this.#prepare(this.#group(groupId), clock);
        return { outcomes: members.map(() => ({})) };
      }),
      serveMethod(Groups.commitOffsets, async ({ member, offsets }) => {
        check();
        const group = this.#group(member!.groupId);
        const outcomes = offsets.map(({ topic, partition, offset }) => {
          try {
            if (member!.generationId >= 0) this.#member(group, member!.memberId, member!.generationId);
            group.offsets.set(`${topic}-${partition}`, offset);
            return {};
          } catch (error) {
            return { failure: failureOf(error as MillraceError) };
          }
        });
        return { outcomes };
      }),
      serveMethod(Groups.fetchOffsets, async ({ groupId, partitions }) => {
        check();
        const { offsets } = this.#group(groupId);
        return { offsets: partitions.map((each) => ({ ...each, offset: offsets.get(`${each.topic}-${each.partition}`) })) };
      }),
    ];
  }

  #group(groupId: string): MemoryGroup {
    const group = this.groups.get(groupId) ?? {
      members: new Map(),
      offsets: new Map(),
      generation: 0,
      leader: "",
      state: "Empty",
      deadline: undefined,
    };
    this.groups.set(groupId, group);
    return group;
  }

  #member(group: MemoryGroup, memberId: string, generationId: number): MemoryMember {
    const member = group.members.get(memberId);
    if (member === undefined) throw new MillraceError("UNKNOWN_MEMBER_ID");
    if (generationId !== group.generation) throw new MillraceError("ILLEGAL_GENERATION");
    return member;
  }

  async #join(request: JoinRequest, clock: Clock): Promise<JoinResponse> {
    if (request.memberId === "") throw new MillraceError("MEMBER_ID_REQUIRED", { memberId: `member-${++this.#memberIds}` });
    const group = this.#group(request.groupId);
    const answer = new Promise<JoinResponse>((joined) => {
      const session = group.members.get(request.memberId)?.session;
      const member: MemoryMember = { id: request.memberId, request, session, joined, synced: undefined, refused: undefined };
      group.members.set(member.id, member);
      this.#keepAlive(request.groupId, member, clock);
    });
    this.#prepare(group, clock);
    if ([...group.members.values()].every(({ joined }) => joined !== undefined)) this.#complete(group);
    return answer;
  }

  /** Waits for every member to join again, as long as the slowest may take. */
  #prepare(group: MemoryGroup, clock: Clock): void {
    if (group.state === "PreparingRebalance") return;
    group.state = "PreparingRebalance";
    for (const member of group.members.values()) member.refused?.(new MillraceError("REBALANCE_IN_PROGRESS")); // those that sync
    const timeoutMs = Math.max(0, ...[...group.members.values()].map(({ request }) => request.rebalanceTimeoutMs));
    group.deadline = clock.timer(timeoutMs, () => {
      for (const member of group.members.values()) if (member.joined === undefined) group.members.delete(member.id);
      this.#complete(group);
    });
  }

  #complete(group: MemoryGroup): void {
    group.deadline?.cancel();
    group.generation++;
    group.state = "CompletingRebalance";
    const members = [...group.members.values()];
    group.leader = members[0]?.id ?? "";
    for (const member of members) {
      const { joined } = member;
      member.joined = undefined;
      joined?.({
        generationId: group.generation,
        protocolType: "consumer",
        protocolName: "range",
        leader: group.leader,
        memberId: member.id,
        skipAssignment: false,
        members:
          member.id === group.leader
            ? members.map(({ id, request }) => ({
                memberId: id,
                groupInstanceId: request.groupInstanceId,
                metadata: request.protocols[0]!.metadata,
              }))
            : [],
      });
    }
  }

  #keepAlive(groupId: string, member: MemoryMember, clock: Clock): void {
    member.session?.cancel();
    member.session = clock.timer(member.request.sessionTimeoutMs, () => {
      const group = this.#group(groupId);
      if (member.joined !== undefined) return;
      group.members.delete(member.id);
      this.#prepare(group, clock);
      if (group.members.size > 0 && [...group.members.values()].every(({ joined }) => joined !== undefined)) this.#complete(group);
    });
  }
}
