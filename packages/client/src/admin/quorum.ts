import { Admin as AdminService, type QuorumMember as MemberMessage } from "@millrace/contracts/admin";
import { uuidFromBytes } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";

/** The controllers that agree on the cluster's metadata, as their leader knows them. */
export interface QuorumDescription {
  readonly leader: number;
  /** Rises with every election. */
  readonly term: number;
  /** Everything below it is committed. */
  readonly committedEnd: number;
  readonly voters: readonly QuorumMember[];
  /** They follow, and do not count. */
  readonly observers: readonly QuorumMember[];
}

/** A node and its disk. Undefined: the leader has not heard from it. */
export interface QuorumMember {
  readonly id: number;
  readonly directoryId: string;
  /** Where the others reach it; undefined: it reaches them. */
  readonly address: { readonly host: string; readonly port: number } | undefined;
  /** Everything below it is on its disk. */
  readonly logEnd: number | undefined;
  /** When it was heard last, and when it had all that the leader had: milliseconds since 1970. */
  readonly lastFetchMs: number | undefined;
  readonly lastCaughtUpMs: number | undefined;
}

/** The quorum of controllers. What the cluster refuses rejects with its code. */
export class QuorumAdmin {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  async describe(): Promise<QuorumDescription> {
    const { voters, observers, ...rest } = await this.#cluster.ask(AdminService.describeQuorum, {});
    return { ...rest, voters: voters.map(memberOf), observers: observers.map(memberOf) };
  }

  /**
   * Lets a controller take part that was formatted for this cluster. REQUEST_TIMED_OUT where it has not caught up within `timeoutMs`: it
   * goes on learning, and asking again goes on where it stood.
   */
  async add(id: number, address: { readonly host: string; readonly port: number }, { timeoutMs }: { timeoutMs: number }): Promise<void> {
    await this.#cluster.ask(AdminService.addVoter, { nodeId: id, host: address.host, port: address.port, timeoutMs });
  }

  /** Takes a controller out, be it the one that leads, whose answer may get lost. VOTER_NOT_FOUND. */
  async remove(id: number): Promise<void> {
    await this.#cluster.ask(AdminService.removeVoter, { nodeId: id }, { done: { code: "VOTER_NOT_FOUND", answer: {} } });
  }

  /** Hands the lead over. VOTER_NOT_FOUND. */
  async transfer(to: number): Promise<void> {
    await this.#cluster.ask(AdminService.transferLead, { nodeId: to });
  }
}

function memberOf({ nodeId, directoryId, host, port, logEnd, lastFetchMs, lastCaughtUpMs }: MemberMessage): QuorumMember {
  return {
    id: nodeId,
    directoryId: uuidFromBytes(directoryId),
    address: host === "" ? undefined : { host, port },
    logEnd: logEnd ?? undefined,
    lastFetchMs: lastFetchMs ?? undefined,
    lastCaughtUpMs: lastCaughtUpMs ?? undefined,
  };
}
