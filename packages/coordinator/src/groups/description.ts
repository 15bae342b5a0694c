import { MillraceError } from "@millrace/vocabulary";
import type { GroupDescription, GroupListing } from "../contract.ts";
import type { Ticket } from "../shard/machine.ts";
import type { ShardState, GroupStep } from "./shard-state.ts";
import { metadataFor, nothingAssigned } from "./member.ts";

/** A group and its members; their metadata and the protocol only of a stable one. Refuses with GROUP_ID_NOT_FOUND. */
export function describeGroup(step: GroupStep, groupId: string, ticket: Ticket<GroupDescription>): void {
  const group = step.state.groups.get(groupId);
  if (group === undefined) throw new MillraceError("GROUP_ID_NOT_FOUND", { groupId });
  const isStable = group.state === "Stable";
  const members = Array.from(group.members, (member) => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    metadata: isStable ? metadataFor(member, group.protocolName) : nothingAssigned,
    assignment: member.assignment,
  }));
  const protocolName = isStable ? (group.protocolName ?? "") : "";
  step.answer(ticket, { groupId, state: group.state, protocolType: group.protocolType ?? "", protocolName, members });
}

/** Every group, as it stands in memory. */
export function listGroups(state: ShardState): GroupListing[] {
  return Array.from(state.groups.values(), ({ groupId, protocolType, state: stands }) => ({
    groupId,
    protocolType: protocolType ?? "",
    state: stands,
    groupType: "classic",
  }));
}
