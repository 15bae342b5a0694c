import type { Clock, Kv, Logger } from "@millrace/runtime";
import { type BrokerId, MillraceError, type Uuid } from "@millrace/vocabulary";
import type { Quorum } from "./quorum.ts";
import { QuorumShell } from "./shell.ts";
import { readStored } from "./store.ts";
import { isSameVoter, type VoterId } from "./voters.ts";

export interface QuorumOptions {
  /** The `raft` environment of the log directory. It stays its opener's to close, after the quorum. */
  readonly kv: Kv;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly clusterId: Uuid;
  readonly self: VoterId;
  /** The nodes that `controller.quorum.voters` names; none means this one alone, and so it must be for now. */
  readonly voters: readonly BrokerId[];
  /** The store rejected a commit, or the follower could not follow. The quorum is closed; nothing was acknowledged since. Called once. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Opens the store that `formatQuorum` made and resolves when this voter, being the only one, has won a term of its own.
 *
 * Rejects with DATA_UNFORMATTED; with INCONSISTENT_CLUSTER_ID or INVALID_VOTER_KEY where the store is of another cluster or
 * voter; with CONFIGURATION_INVALID where there are more voters; with LEVEL_UNKNOWN where a later version wrote it; with
 * DATA_DAMAGED.
 */
export async function openQuorum({ clusterId, self, voters, ...options }: QuorumOptions): Promise<Quorum> {
  if (voters.some((id) => id !== self.nodeId))
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: [`controller.quorum.voters: must name node ${self.nodeId} alone, for now, not ${voters.join(", ")}`],
    });
  const stored = readStored(options.kv);
  if (stored.clusterId !== clusterId)
    throw new MillraceError("INCONSISTENT_CLUSTER_ID", { store: "raft", stored: stored.clusterId, given: clusterId });
  if (!isSameVoter(stored.self, self)) throw new MillraceError("INVALID_VOTER_KEY", { store: "raft", stored: stored.self, given: self });
  const quorum = new QuorumShell(options, stored);
  await quorum.elect();
  return quorum;
}
