import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { MillraceError } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { errorCodeOf, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";

/** The first version of JoinGroup that is sent away with an id. */
const memberIdVersion = 4;
/** The first version of JoinGroup whose answer may have no protocol. */
const nullableProtocolVersion = 7;
/** The first version of JoinGroup that can be told to skip the assignment. */
const skipVersion = 9;
/** The first version of SyncGroup that must name the group's protocol. */
const protocolVersion = 5;

const membership = { resource: "group", access: "read", quota: "request" } as const;

/** Joining, staying in and leaving classic groups. */
export function groupMembershipHandlers(broker: Broker): KafkaHandler<any>[] {
  return [
    handler("JoinGroup", membership, (request, call) => join(broker, request, call)),
    handler("SyncGroup", membership, (request, call) => sync(broker, request, call)),
    handler("Heartbeat", membership, (request, call) => heartbeat(broker, request, call)),
    handler("LeaveGroup", membership, (request, call) => leave(broker, request, call)),
  ];
}

async function join(
  broker: Broker,
  request: RequestOf<"JoinGroup">,
  { guard, context, version }: KafkaCall,
): Promise<ResponseOf<"JoinGroup">> {
  try {
    guard.check(request.groupId);
    const joined = await broker.groups.joinGroup(
      {
        groupId: request.groupId,
        memberId: request.memberId,
        groupInstanceId: request.groupInstanceId ?? undefined,
        sessionTimeoutMs: request.sessionTimeoutMs,
        rebalanceTimeoutMs: request.rebalanceTimeoutMs < 0 ? request.sessionTimeoutMs : request.rebalanceTimeoutMs,
        protocolType: request.protocolType,
        protocols: request.protocols,
        reason: request.reason ?? undefined,
        requiresKnownMemberId: version >= memberIdVersion,
        supportsSkippingAssignment: version >= skipVersion,
      },
      { clientId: context.clientId, host: `/${context.remote.host}` },
    );
    return {
      errorCode: 0,
      ...joined,
      members: joined.members.map(({ memberId, groupInstanceId, metadata }) => ({
        memberId,
        groupInstanceId: groupInstanceId ?? null,
        metadata,
      })),
    };
  } catch (error) {
    const known = expectMillraceError(error);
    const { memberId } = known.facts as { memberId?: string };
    return {
      errorCode: errorCodeOf(known),
      generationId: -1,
      protocolName: version >= nullableProtocolVersion ? null : "",
      leader: "",
      memberId: memberId ?? request.memberId,
      members: [],
    };
  }
}

async function sync(broker: Broker, request: RequestOf<"SyncGroup">, { guard, version }: KafkaCall): Promise<ResponseOf<"SyncGroup">> {
  try {
    guard.check(request.groupId);
    const { protocolType, protocolName } = request;
    // Both or neither is a rule of the version that brought them.
    if (version >= protocolVersion && (protocolType === null || protocolName === null)) {
      throw new MillraceError("INCONSISTENT_GROUP_PROTOCOL", { protocolType, protocolName });
    }
    const synced = await broker.groups.syncGroup({
      ...memberOf(request),
      protocolType: protocolType ?? undefined,
      protocolName: protocolName ?? undefined,
      assignments: request.assignments,
    });
    return { errorCode: 0, ...synced };
  } catch (error) {
    return { errorCode: errorCodeOf(expectMillraceError(error)), assignment: Buffer.alloc(0) };
  }
}

async function heartbeat(broker: Broker, request: RequestOf<"Heartbeat">, { guard }: KafkaCall): Promise<ResponseOf<"Heartbeat">> {
  try {
    guard.check(request.groupId);
    await broker.groups.heartbeat(memberOf(request));
    return { errorCode: 0 };
  } catch (error) {
    return { errorCode: errorCodeOf(expectMillraceError(error)) };
  }
}

function memberOf(request: { groupId: string; generationId: number; memberId: string; groupInstanceId: string | null }) {
  return {
    groupId: request.groupId,
    generationId: request.generationId,
    memberId: request.memberId,
    groupInstanceId: request.groupInstanceId ?? undefined,
  };
}

async function leave(broker: Broker, request: RequestOf<"LeaveGroup">, { guard }: KafkaCall): Promise<ResponseOf<"LeaveGroup">> {
  try {
    guard.check(request.groupId);
    const leaving = request.members.map(({ memberId, groupInstanceId, reason }) => ({
      memberId,
      groupInstanceId: groupInstanceId ?? undefined,
      reason: reason ?? undefined,
    }));
    const outcomes = await broker.groups.leaveGroup(request.groupId, leaving);
    return {
      errorCode: 0,
      members: request.members.map(({ memberId, groupInstanceId }, index) => ({
        memberId,
        groupInstanceId,
        errorCode: errorCodeOf(outcomes[index]),
      })),
    };
  } catch (error) {
    return { errorCode: errorCodeOf(expectMillraceError(error)), members: [] };
  }
}
