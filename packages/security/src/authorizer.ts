import type { RequestContext } from "./context.ts";

/** What may be guarded, in Kafka's words. */
export type ResourceType = "topic" | "group" | "cluster" | "transactional_id";

/** What may be done to it, in Kafka's words. */
export type Access =
  | "read"
  | "write"
  | "create"
  | "delete"
  | "alter"
  | "describe"
  | "cluster_action"
  | "describe_configs"
  | "alter_configs"
  | "idempotent_write";

/** One thing that may be guarded. The cluster's name is `kafka-cluster`. */
export interface Resource {
  readonly type: ResourceType;
  readonly name: string;
}

/** The cluster as a whole: what admin requests are about. */
export const cluster: Resource = { type: "cluster", name: "kafka-cluster" };

/** Says who may do what. */
export interface Authorizer {
  /** Asked before anything is looked at or done for the request; must answer at once. */
  allows(context: RequestContext, access: Access, resource: Resource): boolean;
}

/** Everybody may do everything: what holds where no authorizer is configured. */
export const permissiveAuthorizer: Authorizer = { allows: () => true };
