import { unknownLeaderEpoch } from "@millrace/vocabulary";
import type { BrokerNode } from "../../brokers/cluster/broker-node.ts";
import type { Run } from "../../run.ts";
import { holds } from "../../violation.ts";
import type { Replica, ReplicaCluster } from "../replica-cluster.ts";
import { Candidates } from "./candidates.ts";
import { CommittedEnds } from "./committed-ends.ts";
import { CommittedLogs } from "./committed-logs.ts";
import { checkMark } from "./stuck-marks.ts";

/** Events between two full checks, and between two looks at which replicas there are. */
const fullCheckEvents = 1_000;
const refreshEvents = 64;

/** What was seen last of a replica, in one life of its broker. */
interface Seen {
  readonly node: BrokerNode;
  readonly replica: Replica;
  highWatermark: number;
  leaderEpoch: number;
  isLeader: boolean;
  logStart: number;
  logEnd: number;
}

/** What must hold of replicas: one leader for an epoch, none without what is committed, and logs that are alike below high watermarks. */
export class ReplicaChecks {
  readonly #run: Run;
  readonly #cluster: ReplicaCluster;
  readonly #leaders = new Map<string, string>();
  readonly #ends = new CommittedEnds();
  readonly #logs = new CommittedLogs();
  readonly #candidates: Candidates;
  #seen: Seen[] = [];
  #events = 0;

  constructor(run: Run, cluster: ReplicaCluster) {
    this.#run = run;
    this.#cluster = cluster;
    this.#candidates = new Candidates(cluster, this.#ends);
  }

  afterEvent(): void {
    if (this.#events % refreshEvents === 0) this.#refresh();
    for (const seen of this.#seen) if (seen.node.broker !== undefined) this.#look(seen);
    this.#candidates.check();
    if (++this.#events % fullCheckEvents === 0) this.full();
  }

  /** A node serves, and has registered: where it may have lost records, nobody takes it for in sync before it has caught up. */
  started({ name, broker }: BrokerNode): void {
    if (broker?.directory.lastStop !== "lossy") return;
    for (const { id, partitions } of broker.image.topics.all())
      for (const { index, isr, eligibleLeaders, leaderEpoch } of partitions) {
        const log = broker.replicas.partition(id, index)?.log;
        if (log === undefined || ![...isr, ...eligibleLeaders].includes(broker.self)) continue;
        const committedEnd = this.#ends.upTo(`${id}-${index}`, leaderEpoch);
        holds(log.logEnd >= committedEnd, "P10", { node: name, partition: `${id}-${index}`, isr, logEnd: log.logEnd, committedEnd });
      }
  }

  /** A node's process has ended: its replicas are others when it is back. */
  ended(node: BrokerNode): void {
    this.#seen = this.#seen.filter((seen) => seen.node !== node);
  }

  /** Reads every log. */
  full(): void {
    for (const { name, broker } of this.#cluster.nodes)
      for (const replica of broker?.replicas.all() ?? []) {
        const isCompacted = replica.settings["cleanup.policy"].includes("compact");
        if (replica.log.failure === undefined) this.#logs.compare(name, this.#run.world.platter(name), replica, isCompacted);
      }
  }

  #refresh(): void {
    const known = new Map(this.#seen.map((seen) => [seen.replica, seen]));
    for (const { node, replica } of this.#seen) if (node.isServing) checkMark(replica, this.#candidates.state(replica));
    this.#seen = this.#cluster.nodes.flatMap((node) =>
      [...(node.broker?.replicas.all() ?? [])].map((replica) => known.get(replica) ?? firstSeen(node, replica)),
    );
  }

  #look(seen: Seen): void {
    const { node, replica } = seen;
    const { isLeader, leaderEpoch, highWatermark, log } = replica;
    const { logStart, logEnd } = log;
    // The partition is gone from this broker.
    if (leaderEpoch === unknownLeaderEpoch) return;
    if (isLeader && (!seen.isLeader || leaderEpoch !== seen.leaderEpoch)) this.#leads(node, replica);
    if (highWatermark !== seen.highWatermark || logEnd !== seen.logEnd || logStart !== seen.logStart || leaderEpoch !== seen.leaderEpoch)
      this.#moved(seen);
    seen.highWatermark = highWatermark;
    seen.leaderEpoch = leaderEpoch;
    seen.isLeader = isLeader;
    seen.logStart = logStart;
    seen.logEnd = logEnd;
  }

  #moved(before: Seen): void {
    const { node, replica } = before;
    const { isLeader, leaderEpoch, highWatermark, log } = replica;
    const { logStart, logEnd } = log;
    const name = nameOf(replica);
    const facts = {
      node: node.name,
      partition: name,
      leaderEpoch,
      highWatermark,
      logStart,
      logEnd,
      before: { ...before, node: 0, replica: 0 },
    };
    holds(leaderEpoch >= before.leaderEpoch, "P11", facts);
    // An empty replica may begin anew where its leader's log does.
    if (before.logStart === before.logEnd && logStart === logEnd) return;
    holds(highWatermark >= before.highWatermark, leaderEpoch === before.leaderEpoch ? "P2" : "P12", facts);
    holds(logStart >= before.logStart && (logStart === before.logStart || logStart <= Math.max(highWatermark, logEnd)), "P14", facts);
    if (!isLeader) return;
    const isOwn = logEnd > before.logEnd && logEnd > (replica.leading?.epochStart ?? Infinity);
    holds(!isOwn || log.latestEpoch === leaderEpoch, "P11", { ...facts, latestEpoch: log.latestEpoch });
    if (highWatermark === before.highWatermark) return;
    this.#ends.reached(name, leaderEpoch, highWatermark);
    this.#candidates.committed(replica);
  }

  /** One leader for an epoch, and everything that was committed in it or before is in its log. */
  #leads({ name: node }: BrokerNode, replica: Replica): void {
    const { leaderEpoch, log } = replica;
    const partition = nameOf(replica);
    const key = `${partition} ${leaderEpoch}`;
    const known = this.#leaders.get(key);
    holds(known === undefined || known === node, "P1", { partition, leaderEpoch, leader: node, known });
    this.#leaders.set(key, node);
    this.#run.marks.hit("leader of a partition");
    const committedEnd = this.#ends.upTo(partition, leaderEpoch);
    holds(log.logEnd >= committedEnd, "P3", { partition, leaderEpoch, leader: node, logEnd: log.logEnd, committedEnd });
  }
}

function firstSeen(node: BrokerNode, replica: Replica): Seen {
  const { logStart, logEnd } = replica.log;
  return { node, replica, highWatermark: 0, leaderEpoch: -1, isLeader: false, logStart, logEnd };
}

function nameOf({ topicId, index }: Replica): string {
  return `${topicId}-${index}`;
}
