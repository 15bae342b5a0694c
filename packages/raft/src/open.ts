import type { Clock, Kv, Logger, Peers, Random, RandomStream } from "@millrace/runtime";
import { MillraceError, type Uuid, zeroUuid } from "@millrace/vocabulary";
import { Links } from "./links/links.ts";
import type { Quorum, RecordLevels } from "./quorum.ts";
import { QuorumShell } from "./shell.ts";
import { readStored } from "./store.ts";
import { isSameVoter, membersOf, type StaticVoter, type VoterId } from "./voters.ts";

export interface QuorumOptions {
  /** The `raft` environment of the log directory. It stays its opener's to close, after the quorum. */
  readonly kv: Kv;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly clusterId: Uuid;
  readonly self: VoterId;
  /** The nodes that `controller.quorum.voters` names, and where they are reached now; none means this one alone, or whom the store knows. */
  readonly voters: readonly StaticVoter[];
  /** How the other nodes are reached. Without it this voter must be alone, and stays so. */
  readonly network?: QuorumNetwork;
  /** The store rejected a commit, or the follower could not follow. The quorum is closed; nothing was acknowledged since. Called once. */
  readonly onFailure: (error: unknown) => void;
}

export interface QuorumNetwork {
  readonly peers: Peers;
  readonly random: Random;
  /** Of the records that are proposed; told to whoever asks who this node is. */
  readonly levels?: RecordLevels;
}

/**
 * Opens the store that `formatQuorum` made, and resolves when it is read; where this voter is the only one, when it has won a term of
 * its own. What `methods` returns is to be served then.
 *
 * Rejects with DATA_UNFORMATTED; with INCONSISTENT_CLUSTER_ID or INVALID_VOTER_KEY where the store is of another cluster or
 * voter; with CONFIGURATION_INVALID where there are others and no network; with LEVEL_UNKNOWN where a later version wrote it; with
 * DATA_DAMAGED.
 */
export async function openQuorum(options: QuorumOptions): Promise<Quorum> {
  const { clusterId, self, voters, network, kv, clock, logger, onFailure } = options;
  const stored = readStored(kv);
  if (stored.clusterId !== clusterId)
    throw new MillraceError("INCONSISTENT_CLUSTER_ID", { store: "raft", stored: stored.clusterId, given: clusterId });
  if (!isSameVoter(stored.self, self)) throw new MillraceError("INVALID_VOTER_KEY", { store: "raft", stored: stored.self, given: self });
  const known = membersOf(stored.sets.at(-1)?.set ?? stored.snapshot.set);
  const others = [...voters, ...known].map(({ nodeId }) => nodeId).filter((id) => id !== self.nodeId);
  if (network === undefined && others.length > 0)
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: [`controller.quorum.voters: must name node ${self.nodeId} alone where there is no network, not ${others.join(", ")}`],
    });
  const chance = network?.random.stream("quorum") ?? noChance;
  const own = { clusterId, self, incarnation: chance.uuid() };
  const links = network && new Links({ own, levels: network.levels, named: voters, peers: network.peers, clock, logger });
  const quorum = new QuorumShell({ kv, clock, logger, chance, links, onFailure }, stored);
  await quorum.start(network && { clusterId, self, voters, levels: network.levels, clock, logger, peers: network.peers });
  return quorum;
}

/** A voter that is alone draws nothing that matters. */
const noChance: RandomStream = { below: () => 0, bytes: (length) => Buffer.alloc(length), uuid: () => zeroUuid };
