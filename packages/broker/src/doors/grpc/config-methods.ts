import type { Draft } from "@millrace/contracts";
import {
  Admin,
  type AlterConfigsRequest,
  type AlterConfigsResponse,
  type ConfigDescription,
  type ConfigQuery,
  type ConfigResource as ConfigResourceMessage,
} from "@millrace/contracts/admin";
import type { ConfigChange, ConfigOperation } from "@millrace/controller";
import type { PeerMethod } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import { brokerResource, type ConfigResource, describeConfigs } from "../../operations/configs.ts";
import { attempt, failureDraft } from "./drafts.ts";
import type { GrpcCall, Unary } from "./unary.ts";

/** `ConfigVerb` of admin.proto, by number. */
const verbs: readonly ConfigOperation["operation"][] = ["set", "delete", "append", "subtract"];
/** `ConfigScope` of admin.proto, by number. */
const clusterScope = 0;
const topicScope = 1;

/** Looking at configuration and changing it. */
export function configMethods(broker: Broker, unary: Unary): PeerMethod[] {
  return [
    unary(Admin.describeConfigs, { resource: "topic", access: "describe_configs", quota: "request" }, async ({ queries }, call) => ({
      descriptions: await Promise.all(queries.map((query) => describe(broker, query, call))),
    })),
    unary(Admin.alterConfigs, { resource: "topic", access: "alter_configs", quota: "controller_mutation" }, (request, call) =>
      alter(broker, request, call),
    ),
  ];
}

async function describe(broker: Broker, { resource, keys }: ConfigQuery, call: GrpcCall): Promise<Draft<ConfigDescription>> {
  const found = await attempt(() => describeConfigs(broker, resourceOf(resource, call)));
  if (found instanceof MillraceError) return { failure: failureDraft(found) };
  const wanted = found.filter(({ key }) => keys.length === 0 || keys.includes(key));
  return {
    entries: wanted.map(({ key, value, source, isReadOnly, kind, doc }) => ({
      key,
      value: value ?? undefined,
      source,
      readOnly: isReadOnly,
      type: kind.toUpperCase(),
      documentation: doc,
    })),
  };
}

async function alter(broker: Broker, { changes, validateOnly }: AlterConfigsRequest, call: GrpcCall): Promise<Draft<AlterConfigsResponse>> {
  const asked = await Promise.all(changes.map((change) => attempt(() => configChange(change, call))));
  const sound = asked.filter((change): change is ConfigChange => !(change instanceof MillraceError));
  call.guard.charge(sound.length);
  const outcomes = await broker.controller.alterConfigs(sound, { validateOnly });
  let next = 0;
  return { outcomes: asked.map((change) => ({ failure: failureDraft(change instanceof MillraceError ? change : outcomes[next++]) })) };
}

function configChange({ resource, replace, operations }: AlterConfigsRequest["changes"][number], call: GrpcCall): ConfigChange {
  return {
    resource: resourceOf(resource, call),
    mode: replace ? "replace" : "merge",
    operations: operations.map(({ key, verb, value }) => {
      const operation = verbs[verb];
      if (operation === undefined) throw new MillraceError("INVALID_REQUEST", { key, verb });
      return { key, operation, value: operation === "delete" ? undefined : value };
    }),
  };
}

/** Whose configuration is meant, once the caller may touch it. */
function resourceOf(resource: ConfigResourceMessage | null, { guard }: GrpcCall): ConfigResource {
  const { scope, name } = resource ?? { scope: clusterScope, name: "" };
  if (scope === topicScope) {
    guard.check(name);
    return { type: "topic", name };
  }
  guard.checkCluster();
  return scope === clusterScope ? { type: "cluster" } : brokerResource(name);
}
