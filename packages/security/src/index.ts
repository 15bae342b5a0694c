/** Who asks, what they may do, and how much of it. */

export { cluster, permissiveAuthorizer } from "./authorizer.ts";
export type { Access, Authorizer, Resource, ResourceType } from "./authorizer.ts";
export type { RequestContext } from "./context.ts";
export { anonymous } from "./principal.ts";
export type { Principal } from "./principal.ts";
export { unlimitedQuotas } from "./quotas.ts";
export type { QuotaClass, Quotas } from "./quotas.ts";
