import type { StoredGroup, StoredMember } from "../stored/group-record.ts";
import type { ClassicGroup } from "./classic-group.ts";
import { type Member, metadataFor } from "./member.ts";

/** A group as its record describes it, each member with what it has been assigned. */
export function storedGroup(
  group: ClassicGroup,
  stateSinceMs: number | undefined,
  assignmentOf: (member: Member) => Buffer = (member) => member.assignment,
): StoredGroup {
  return {
    protocolType: group.protocolType ?? "",
    generationId: group.generationId,
    protocolName: group.protocolName,
    leaderId: group.leaderId,
    stateSinceMs,
    members: Array.from(group.members, (member) => storedMember(member, group.protocolName, assignmentOf(member))),
  };
}

function storedMember(member: Member, protocolName: string | undefined, assignment: Buffer): StoredMember {
  const { memberId, groupInstanceId, clientId, clientHost, rebalanceTimeoutMs, sessionTimeoutMs } = member;
  const subscription = metadataFor(member, protocolName);
  return { memberId, groupInstanceId, clientId, clientHost, rebalanceTimeoutMs, sessionTimeoutMs, subscription, assignment };
}
