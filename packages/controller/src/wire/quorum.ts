import type { Draft } from "@millrace/contracts";
import type { AddVoterRequest, DescribeQuorumResponse, QuorumMember, RemoveVoterRequest } from "@millrace/contracts/admin";
import type { MemberDescription, QuorumDescription } from "@millrace/raft";
import { BrokerId, MillraceError, Offset, type Uuid, uuidFromBytes, uuidToBytes } from "@millrace/vocabulary";
import type { NewVoter } from "../quorum/quorum-control.ts";

/** A quorum as its leader sees it, on its way to whoever asked. NOT_CONTROLLER where the node that was asked knows of no leader. */
export function quorumDraft({ leader, term, committedEnd, voters, observers }: QuorumDescription): Draft<DescribeQuorumResponse> {
  if (leader === undefined) throw new MillraceError("NOT_CONTROLLER", { term });
  return { leader: leader.nodeId, term, committedEnd, voters: voters.map(memberDraft), observers: observers.map(memberDraft) };
}

/** The quorum that another process described. */
export function quorumOf({ leader, term, committedEnd, voters, observers }: DescribeQuorumResponse): QuorumDescription {
  const members = voters.map(memberOf);
  const directoryId = members.find(({ nodeId }) => nodeId === leader)?.directoryId;
  return {
    leader: directoryId && { nodeId: BrokerId(leader), directoryId, term },
    term,
    committedEnd: Offset(committedEnd),
    voters: members,
    observers: observers.map(memberOf),
  };
}

export function newVoterDraft({ id, directoryId, address }: NewVoter, timeoutMs: number): Draft<AddVoterRequest> {
  return { nodeId: id, directoryId: directoryBytes(directoryId), ...address, timeoutMs };
}

/** INVALID_REQUEST where it names no node, or no address. */
export function newVoterOf({ nodeId, directoryId, host, port }: AddVoterRequest): NewVoter {
  if (nodeId < 0 || host === "" || port < 1 || port > 65_535) throw new MillraceError("INVALID_REQUEST", { nodeId, host, port });
  return { id: BrokerId(nodeId), directoryId: directoryOf(directoryId), address: { host, port } };
}

export function formerVoterDraft(id: BrokerId, directoryId: Uuid | undefined): Draft<RemoveVoterRequest> {
  return { nodeId: id, directoryId: directoryBytes(directoryId) };
}

/** A directory that may be left out. INVALID_REQUEST where it is none. */
export function directoryOf(bytes: Buffer): Uuid | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes.length !== 16) throw new MillraceError("INVALID_REQUEST", { directoryIdBytes: bytes.length });
  return uuidFromBytes(bytes);
}

function directoryBytes(directoryId: Uuid | undefined): Buffer {
  return directoryId === undefined ? Buffer.alloc(0) : uuidToBytes(directoryId);
}

function memberDraft({
  nodeId,
  directoryId,
  listeners: [listener],
  logEnd,
  lastFetchMs,
  lastCaughtUpMs,
}: MemberDescription): Draft<QuorumMember> {
  const { host = "", port = 0 } = listener ?? {};
  return { nodeId, directoryId: uuidToBytes(directoryId), host, port, logEnd, lastFetchMs, lastCaughtUpMs };
}

function memberOf({ nodeId, directoryId, host, port, logEnd, lastFetchMs, lastCaughtUpMs }: QuorumMember): MemberDescription {
  return {
    nodeId: BrokerId(nodeId),
    directoryId: uuidFromBytes(directoryId),
    listeners: host === "" ? [] : [{ name: "CONTROLLER", host, port }],
    logEnd: logEnd === null ? undefined : Offset(logEnd),
    lastFetchMs: lastFetchMs ?? undefined,
    lastCaughtUpMs: lastCaughtUpMs ?? undefined,
  };
}
