import { decodeMessage, encodeMessage } from "@millrace/contracts";
import { IdentifyRequest, IdentifyResponse, Raft } from "@millrace/contracts/raft";
import type { PeerChannel } from "@millrace/runtime";
import { MillraceError, secondMs, type Uuid, uuidToBytes } from "@millrace/vocabulary";
import type { NodeIdentity } from "./quorum.ts";
import { readUuid, readVoterId, writeVoterId } from "./voters.ts";

const answerTimeoutMs = secondMs;

/** Asks a node who it is. Rejects as `PeerChannel.call` does, with INCONSISTENT_CLUSTER_ID, and where the answer is none. */
export async function askIdentity(channel: PeerChannel, clusterId: Uuid): Promise<NodeIdentity> {
  const request = encodeMessage(IdentifyRequest, { clusterId: uuidToBytes(clusterId) });
  const answer = decodeMessage(IdentifyResponse, await channel.call(Raft.identify.path, [request], { timeoutMs: answerTimeoutMs }));
  const { isEmpty, levelMin: min, levelMax: max } = answer;
  return { id: readVoterId(answer.voter), isEmpty, levels: max === 0 ? undefined : { min, max } };
}

/** Answers who this node is. INCONSISTENT_CLUSTER_ID for who belongs to another cluster. */
export function answerIdentity(request: Buffer, clusterId: Uuid, { id, isEmpty, levels }: NodeIdentity): Buffer {
  const given = readUuid(decodeMessage(IdentifyRequest, request).clusterId);
  if (given !== clusterId) throw new MillraceError("INCONSISTENT_CLUSTER_ID", { clusterId, given });
  const spoken = levels && { levelMin: levels.min, levelMax: levels.max };
  return encodeMessage(IdentifyResponse, { voter: writeVoterId(id), isEmpty, ...spoken });
}
