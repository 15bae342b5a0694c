import type { Draft } from "@millrace/contracts";
import { type ConfigResource, ConfigScope, ConfigVerb } from "@millrace/contracts/admin";
import type { ConfigChange as ConfigChangeMessage, ConfigOperation as ConfigOperationMessage } from "@millrace/contracts/session";
import { BrokerId, MillraceError } from "@millrace/vocabulary";
import type { ConfigChange, ConfigOperation } from "../controller.ts";

/** By their numbers in admin.proto. */
const verbs: readonly ConfigOperation["operation"][] = ["set", "delete", "append", "subtract"];

export function configChangeDraft({ resource, mode, operations }: ConfigChange): Draft<ConfigChangeMessage> {
  return {
    resource: resourceDraft(resource),
    replace: mode === "replace",
    operations: operations.map(({ key, operation, value }) => ({
      key,
      verb: ConfigVerb[operation.toUpperCase() as keyof typeof ConfigVerb],
      value,
    })),
  };
}

/** INVALID_REQUEST where the message says what this version does not know. */
export function configChangeOf({ resource, replace, operations }: ConfigChangeMessage): ConfigChange {
  return { resource: resourceOf(resource), mode: replace ? "replace" : "merge", operations: operations.map(operationOf) };
}

function resourceDraft(resource: ConfigChange["resource"]): Draft<ConfigResource> {
  switch (resource.type) {
    case "topic":
      return { scope: ConfigScope.TOPIC, name: resource.name };
    case "broker":
      return { scope: ConfigScope.BROKER, name: String(resource.id) };
    case "cluster":
      return { scope: ConfigScope.CLUSTER };
  }
}

function resourceOf(resource: ConfigResource | null): ConfigChange["resource"] {
  switch (resource?.scope) {
    case ConfigScope.CLUSTER:
      return { type: "cluster" };
    case ConfigScope.TOPIC:
      return { type: "topic", name: resource.name };
    case ConfigScope.BROKER:
      return { type: "broker", id: BrokerId(Number(resource.name)) };
    default:
      throw new MillraceError("INVALID_REQUEST", { configScope: resource?.scope });
  }
}

function operationOf({ key, verb, value }: ConfigOperationMessage): ConfigOperation {
  const operation = verbs[verb];
  if (operation === undefined) throw new MillraceError("INVALID_REQUEST", { configVerb: verb });
  return { key, operation, value: value ?? undefined };
}
