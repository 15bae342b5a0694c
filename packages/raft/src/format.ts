import { Format } from "@millrace/contracts/raft";
import type { Kv, KvChange } from "@millrace/runtime";
import { MillraceError, type Uuid, uuidToBytes } from "@millrace/vocabulary";
import { hardStateChange } from "./hard-state.ts";
import { chunkKey, formatKey } from "./keys.ts";
import { bootstrapOffset } from "./snapshot-description.ts";
import { ChunkCount, snapshotChange } from "./snapshots.ts";
import { formatVersion } from "./store.ts";
import { isSameVoter, type Voter, type VoterId, writeVoterId } from "./voters.ts";

/** What a store begins with. */
export interface QuorumBirth {
  readonly clusterId: Uuid;
  /** Whose store it is. */
  readonly self: VoterId;
  /**
   * Who forms the quorum, this voter among them. None: it is not known yet by which directories. The node then waits until all that
   * `controller.quorum.voters` names have met and are all empty, or until it is added to a quorum.
   */
  readonly voters: readonly Voter[];
  /** The state before the first record, as the chunks of a snapshot: alike for every voter of a cluster. */
  readonly bootstrap: readonly Uint8Array[];
}

/**
 * Makes an empty store the store of one voter, in one commit. Rejects with DATA_FORMATTED where the store holds anything, and
 * with CONFIGURATION_INVALID where there are voters, and this one is not among them.
 */
export async function formatQuorum(kv: Kv, { clusterId, self, voters, bootstrap }: QuorumBirth): Promise<void> {
  for (const { key } of kv.range({ limit: 1 })) throw new MillraceError("DATA_FORMATTED", { store: "raft", found: key.toString("latin1") });
  if (voters.length > 0 && !voters.some((voter) => isSameVoter(voter, self)))
    throw new MillraceError("CONFIGURATION_INVALID", { faults: [`controller.quorum.voters: must name node ${self.nodeId} too`] });
  const count = new ChunkCount();
  const changes: KvChange[] = bootstrap.map((chunk, index) => ({ key: chunkKey(bootstrapOffset, index), value: chunk }));
  for (const chunk of bootstrap) count.add(chunk);
  const { chunks, bytes, checksum } = count;
  const format = Format.encode({ version: formatVersion, clusterId: uuidToBytes(clusterId), voter: writeVoterId(self) }).finish();
  changes.push({ key: formatKey, value: format }, hardStateChange(0, undefined));
  changes.push(snapshotChange({ offset: bootstrapOffset, term: 0, set: { voters, learners: [] }, chunks, bytes, checksum }));
  await kv.commit(changes);
}
