import {
  type Access,
  type Authorizer,
  cluster,
  type QuotaClass,
  type Quotas,
  type RequestContext,
  type ResourceType,
} from "@millrace/security";
import { type ErrorCode, MillraceError } from "@millrace/vocabulary";

/** What a request does, as far as it is guarded and charged. Every request of every door declares one. */
export interface Guarded {
  /** `none`: what it answers is nobody's secret. */
  readonly resource: ResourceType | "none";
  readonly access: Access;
  readonly quota: QuotaClass;
}

const refusals: Record<ResourceType, ErrorCode> = {
  topic: "TOPIC_AUTHORIZATION_FAILED",
  group: "GROUP_AUTHORIZATION_FAILED",
  cluster: "CLUSTER_AUTHORIZATION_FAILED",
  transactional_id: "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
};

/** Whoever authorises and charges requests. */
export interface Guards {
  readonly authorizer: Authorizer;
  readonly quotas: Quotas;
}

/** One request before its guard: authorises what it names, and charges what it costs. */
export class Guard {
  readonly context: RequestContext;
  readonly #guarded: Guarded;
  readonly #guards: Guards;

  constructor(guarded: Guarded, guards: Guards, context: RequestContext) {
    this.#guarded = guarded;
    this.#guards = guards;
    this.context = context;
  }

  /** Whether the request may touch this resource of the declared type. */
  allows(name: string, access: Access = this.#guarded.access): boolean {
    const type = this.#guarded.resource;
    return type === "none" || this.#guards.authorizer.allows(this.context, access, { type, name });
  }

  /** Throws the resource type's AUTHORIZATION_FAILED unless the request may touch it. */
  check(name: string, access: Access = this.#guarded.access): void {
    if (!this.allows(name, access)) throw this.#refusal(name);
  }

  /** Whether the principal may do this too: what descriptions show, without being asked to do it. */
  mayAlso(type: ResourceType, name: string, access: Access): boolean {
    return this.#guards.authorizer.allows(this.context, access, { type, name });
  }

  /** Whether the request may touch the cluster as a whole, whatever type of resource it declares. */
  allowsCluster(): boolean {
    return this.mayAlso(cluster.type, cluster.name, this.#guarded.access);
  }

  /** Throws CLUSTER_AUTHORIZATION_FAILED unless the request may touch the cluster as a whole. */
  checkCluster(): void {
    if (!this.allowsCluster())
      throw new MillraceError("CLUSTER_AUTHORIZATION_FAILED", { resource: cluster.name, access: this.#guarded.access });
  }

  /** Charges `amount` of the declared quota class; returns for how many milliseconds the client is to be held up. */
  charge(amount: number): number {
    return this.#guards.quotas.charge(this.context, this.#guarded.quota, amount);
  }

  #refusal(name: string): MillraceError {
    const type = this.#guarded.resource;
    return new MillraceError(type === "none" ? "UNKNOWN_SERVER_ERROR" : refusals[type], { resource: name, access: this.#guarded.access });
  }
}
