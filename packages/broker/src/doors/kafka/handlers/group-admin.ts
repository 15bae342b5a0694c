import type { GroupDescription } from "@millrace/coordinator";
import type { RequestOf, ResponseOf } from "@millrace/protocol";
import { wireOf } from "@millrace/vocabulary";
import type { Broker } from "../../../broker.ts";
import { authorizedOperations } from "../authorized-operations.ts";
import { errorCodeOf, errorFields, expectMillraceError } from "../error-codes.ts";
import { handler, type KafkaCall, type KafkaHandler } from "../handler.ts";
import { onceEach } from "../once-each.ts";

/** The first version of DescribeGroups that knows GROUP_ID_NOT_FOUND; before it, such a group is shown as dead. */
const missingGroupVersion = 6;

/** Describing, listing and deleting groups. */
export function groupAdminHandlers(broker: Broker): KafkaHandler<any>[] {
  return [
    handler("DescribeGroups", { resource: "group", access: "describe", quota: "request" }, (request, call) =>
      describe(broker, request, call),
    ),
    handler("ListGroups", { resource: "group", access: "describe", quota: "request" }, (request, call) => list(broker, request, call)),
    handler("DeleteGroups", { resource: "group", access: "delete", quota: "request" }, (request, call) => remove(broker, request, call)),
  ];
}

type Described = ResponseOf<"DescribeGroups">["groups"][number];

async function describe(broker: Broker, request: RequestOf<"DescribeGroups">, call: KafkaCall): Promise<ResponseOf<"DescribeGroups">> {
  return {
    groups: await Promise.all(request.groups.map((groupId) => describeOne(broker, groupId, request.includeAuthorizedOperations, call))),
  };
}

async function describeOne(broker: Broker, groupId: string, includeOperations: boolean, call: KafkaCall): Promise<Described> {
  const operations = () => (includeOperations ? { authorizedOperations: authorizedOperations(call, "group", groupId) } : {});
  try {
    call.guard.check(groupId);
    return { ...shown(await broker.groups.describeGroup(groupId)), ...operations() };
  } catch (error) {
    const known = expectMillraceError(error);
    const isShownDead = known.code === "GROUP_ID_NOT_FOUND" && call.version < missingGroupVersion;
    const nothing = { groupId, protocolType: "", protocolData: "", members: [] };
    if (isShownDead) return { ...nothing, errorCode: 0, groupState: "Dead", ...operations() };
    const state = known.code === "GROUP_ID_NOT_FOUND" ? "Dead" : "";
    return {
      ...nothing,
      groupState: state,
      errorCode: errorCodeOf(known),
      errorMessage: call.version >= missingGroupVersion ? known.message : null,
    };
  }
}

function shown({ groupId, state, protocolType, protocolName, members }: GroupDescription): Described {
  return {
    errorCode: 0,
    groupId,
    groupState: state,
    protocolType,
    protocolData: protocolName,
    members: members.map(({ memberId, groupInstanceId, clientId, clientHost, metadata, assignment }) => ({
      memberId,
      groupInstanceId: groupInstanceId ?? null,
      clientId,
      clientHost,
      memberMetadata: metadata,
      memberAssignment: assignment,
    })),
  };
}

function list(broker: Broker, { statesFilter, typesFilter }: RequestOf<"ListGroups">, { guard }: KafkaCall): ResponseOf<"ListGroups"> {
  const { groups, isLoading } = broker.groups.listGroups();
  const states = lowerCase(statesFilter);
  const types = lowerCase(typesFilter);
  const shownGroups = groups
    .filter(({ groupId }) => guard.allows(groupId))
    .filter(({ state }) => states.size === 0 || states.has(state.toLowerCase()))
    .filter(({ groupType }) => types.size === 0 || types.has(groupType));
  return {
    errorCode: isLoading ? wireOf("COORDINATOR_LOAD_IN_PROGRESS") : 0,
    groups: shownGroups.map(({ groupId, protocolType, state, groupType }) => ({ groupId, protocolType, groupState: state, groupType })),
  };
}

function lowerCase(words: readonly string[]): Set<string> {
  return new Set(words.map((word) => word.toLowerCase()));
}

async function remove(
  broker: Broker,
  { groupsNames }: RequestOf<"DeleteGroups">,
  { guard }: KafkaCall,
): Promise<ResponseOf<"DeleteGroups">> {
  const results = await Promise.all(
    onceEach(groupsNames, (groupId) => groupId).map(async (groupId) => {
      try {
        guard.check(groupId);
        await broker.groups.deleteGroup(groupId);
        return { groupId, errorCode: 0 };
      } catch (error) {
        return { groupId, ...errorFields(expectMillraceError(error)) };
      }
    }),
  );
  return { results };
}
