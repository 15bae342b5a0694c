import { Deadline } from "../shard/deadlines.ts";
import type { StoredMember } from "../stored/group-record.ts";
import type { GroupDue } from "./group-due.ts";
import type { MemberProtocol } from "./protocols.ts";

/** A member of a classic group. */
export interface Member {
  readonly memberId: string;
  /** `group.instance.id` of a static member, which keeps its place while it is away. */
  readonly groupInstanceId: string | undefined;
  readonly clientId: string;
  readonly clientHost: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  /** In its order of preference. After a replay only the one that the group uses: no record holds the others. */
  protocols: readonly MemberProtocol[];
  /** Empty until the leader has given it something. */
  assignment: Buffer;
  /** It has never been told its generation, so it sends no heartbeats: it is kept for a time of its own. */
  isNew: boolean;
  /** When it counts as gone unless it is heard of. */
  readonly session: Deadline<GroupDue>;
}

export const nothingAssigned: Buffer = Buffer.alloc(0);

/** What the member says under a protocol; empty under one that it does not name. */
export function metadataFor(member: Member, protocolName: string | undefined): Buffer {
  return member.protocols.find(({ name }) => name === protocolName)?.metadata ?? nothingAssigned;
}

/** A member as a record describes it. */
export function memberFromStored(groupId: string, stored: StoredMember, protocolName: string): Member {
  const { memberId, groupInstanceId, clientId, clientHost, sessionTimeoutMs, rebalanceTimeoutMs, subscription, assignment } = stored;
  return {
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    protocols: [{ name: protocolName, metadata: subscription }],
    assignment,
    isNew: false,
    session: new Deadline({ type: "session", groupId, memberId }),
  };
}
