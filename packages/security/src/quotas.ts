import type { RequestContext } from "./context.ts";

/** What a request uses up, in Kafka's words. `none`: it is never throttled. */
export type QuotaClass = "produce" | "fetch" | "request" | "controller_mutation" | "none";

/** Charges requests to whoever made them. */
export interface Quotas {
  /**
   * Charges `amount` (bytes for produce and fetch, changes for controller_mutation, 1 for a request) and says for how many
   * milliseconds the client is to be held up; 0: not at all.
   */
  charge(context: RequestContext, quota: QuotaClass, amount: number): number;
}

/** Nobody is ever held up: what holds where no quota is configured. */
export const unlimitedQuotas: Quotas = { charge: () => 0 };
