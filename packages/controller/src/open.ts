import type { Quorum } from "@millrace/raft";
import type { Clock, Logger, Random } from "@millrace/runtime";
import type { BrokerId, Configuration, Uuid } from "@millrace/vocabulary";
import { LeaderBalance } from "./leader-balance.ts";
import { MetadataFollower } from "./metadata-follower.ts";
import { Proposals } from "./proposals.ts";
import { RiskyElections } from "./risky-elections.ts";
import type { HostingController } from "./service/hosting-controller.ts";
import { LocalQuorum } from "./quorum/local-quorum.ts";
import { LeadNews } from "./service/lead-news.ts";
import { type AskWho, Sessions, type SessionsOptions } from "./sessions/sessions.ts";
import { ControllerShell } from "./shell.ts";
import { SnapshotTaker } from "./snapshot-taker.ts";

export interface ControllerOptions {
  /** Not followed yet. It stays its opener's to close, and the controller ends with it. */
  readonly quorum: Quorum;
  readonly clusterId: Uuid;
  readonly nodeId: BrokerId;
  /** Read at each use: what a new topic has where a request does not say, and how often a snapshot is taken. */
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Asks who is at a broker's address. Left out: every broker lives in this process, and a life lasts until it stops. */
  readonly ask?: AskWho;
  /** The life of a broker in this process, where there is one. */
  readonly own?: { readonly broker: BrokerId; readonly incarnation: Uuid };
}

/**
 * Follows the quorum, and resolves when everything committed so far is folded into the image. Rejects with LEVEL_UNKNOWN where a
 * later version wrote it, with DATA_DAMAGED, and with CLOSED.
 */
export async function openController(options: ControllerOptions): Promise<HostingController> {
  const { quorum, clusterId, nodeId, configuration, clock, logger } = options;
  const random = options.random.stream("controller");
  const timeoutMs = configuration.get("broker.session.timeout.ms");
  const follower = new MetadataFollower(clock);
  const risky = new RiskyElections(logger);
  const proposals = new Proposals({
    quorum,
    clock,
    configuration,
    random,
    committed: () => follower.image,
    risked: (record) => risky.committed(follower.image, record),
  });
  const snapshots = new SnapshotTaker({ quorum, clock, logger, configuration });
  const balance = new LeaderBalance({ clock, logger, configuration, proposals });
  const sessions = (fence: SessionsOptions["fence"]) =>
    new Sessions({ clock, logger, timeoutMs, ask: options.ask, own: options.own, image: () => follower.image, fence });
  const shell = new ControllerShell(
    { clusterId, nodeId, logger },
    {
      follower,
      proposals,
      risky,
      snapshots,
      balance,
      sessions,
      leadNews: new LeadNews(quorum, nodeId),
      quorum: new LocalQuorum(quorum, () => follower.image),
    },
  );
  await quorum.follow(shell);
  return shell;
}
