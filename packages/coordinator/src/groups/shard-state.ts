import type { Logger, RandomStream } from "@millrace/runtime";
import type { Configuration } from "@millrace/vocabulary";
import type { GroupSurroundings } from "../contract.ts";
import type { GroupCounters } from "../counters.ts";
import { CommittedOffsets } from "../offsets/committed-offsets.ts";
import { Deadline, Deadlines } from "../shard/deadlines.ts";
import type { Step } from "../shard/step.ts";
import type { GroupRecord } from "../stored/group-record.ts";
import { ClassicGroup } from "./classic-group.ts";
import type { GroupDue } from "./group-due.ts";

/** What decisions about groups rest on besides the groups. */
export interface GroupEnvironment {
  /** Read at use. */
  readonly configuration: Pick<Configuration, "get">;
  readonly surroundings: GroupSurroundings;
  /** Member ids come from it. */
  readonly random: RandomStream;
  readonly logger: Logger;
  readonly counters: GroupCounters;
}

/** The groups of one shard and their offsets. */
export class ShardState {
  readonly environment: GroupEnvironment;
  readonly groups = new Map<string, ClassicGroup>();
  readonly offsets = new CommittedOffsets();
  readonly deadlines = new Deadlines<GroupDue>();
  readonly expiryDeadline = new Deadline<GroupDue>({ type: "expiry" });
  /** Groups whose offsets the present search for unused ones has still to look at. */
  unsearched: string[] = [];

  constructor(environment: GroupEnvironment) {
    this.environment = environment;
  }

  /** What a record says. The only way in which what is stored changes. */
  apply(record: GroupRecord, position: { readonly offset: number; readonly producerId: number }): void {
    if (record.type === "offset") {
      if (record.value !== undefined) this.#groupOf(record.groupId);
      this.offsets.apply(record, position);
    } else if (record.value === undefined) this.#forget(record.groupId);
    else this.#groupOf(record.groupId).adopt(record.value);
  }

  /** Offsets may be committed for a group that nobody has joined: it is simple then. */
  #groupOf(groupId: string): ClassicGroup {
    const group = this.groups.get(groupId) ?? new ClassicGroup(groupId);
    this.groups.set(groupId, group);
    return group;
  }

  #forget(groupId: string): void {
    const group = this.groups.get(groupId);
    if (group === undefined) return;
    this.groups.delete(groupId);
    for (const deadline of [group.joinDeadline, group.syncDeadline, ...group.announced.values()]) this.deadlines.clear(deadline);
    for (const member of group.members) this.deadlines.clear(member.session);
  }
}

/** A decision about groups in the making. */
export type GroupStep = Step<ShardState, GroupRecord>;
