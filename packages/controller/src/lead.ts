import type { Quorum } from "@millrace/raft";
import type { Address } from "@millrace/runtime";
import { BrokerId, type Facts, MillraceError } from "@millrace/vocabulary";

/** Who leads the quorum, as far as one of its nodes knows. */
export interface Lead {
  readonly id: BrokerId;
  /** Of two, the one of the later term leads. */
  readonly term: number;
  /** Where brokers reach it; undefined: only configuration says. */
  readonly address: Address | undefined;
}

/** Who leads as this node sees it now; undefined: nobody that it knows of. */
export function leadOf(quorum: Quorum): Lead | undefined {
  const { leader } = quorum;
  if (leader === undefined) return undefined;
  const voter = quorum.describe().voters.find(({ nodeId }) => nodeId === leader.nodeId);
  const [listener] = voter?.listeners ?? [];
  return { id: leader.nodeId, term: leader.term, address: listener && { host: listener.host, port: listener.port } };
}

/** A refusal by a node that does not lead, and has done nothing about the request. Its facts say who leads. */
export function refusalBy(lead: Lead | undefined): MillraceError {
  return new MillraceError("NOT_CONTROLLER", { isUntouched: true, ...(lead && { leader: lead.id, term: lead.term, ...lead.address }) });
}

/** Whether a request that ended so can be made again: nothing was done about it. */
export function isUntouched(error: unknown): boolean {
  return error instanceof MillraceError && error.code === "NOT_CONTROLLER" && error.facts["isUntouched"] === true;
}

/** Who leads, by the facts of a refusal; undefined where they do not say. */
export function leadIn({ leader, term, host, port }: Facts): Lead | undefined {
  if (!isCount(leader) || !isCount(term)) return undefined;
  const isAddress = typeof host === "string" && host !== "" && isCount(port) && port > 0 && port <= portMax;
  return { id: BrokerId(leader), term, address: isAddress ? { host, port } : undefined };
}

const portMax = 65_535;

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
