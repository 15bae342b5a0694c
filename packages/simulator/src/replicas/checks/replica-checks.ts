import { batchHeaderBytes, BatchView } from "@millrace/records";
import { type BrokerNode, dataPath } from "../../brokers/cluster/broker-node.ts";
import type { Run } from "../../run.ts";
import { holds } from "../../violation.ts";
import type { Replica } from "../replica-cluster.ts";

/** Events between two full checks, and between two looks at which replicas there are. */
const fullCheckEvents = 1_000;
const refreshEvents = 64;

interface Seen {
  readonly node: BrokerNode;
  readonly replica: Replica;
  highWatermark: number;
  leaderEpoch: number;
  isLeader: boolean;
}

/** What lies at an offset of a committed log. */
interface Batch {
  readonly crc: number;
  readonly leaderEpoch: number;
  readonly nextOffset: number;
}

/** What must hold of replicas: one leader for an epoch, none without what is committed, and logs that are alike below high watermarks. */
export class ReplicaChecks {
  readonly #run: Run;
  readonly #leaders = new Map<string, string>();
  /** By partition, the largest high watermark that the leader of each epoch has had. */
  readonly #committed = new Map<string, Map<number, number>>();
  readonly #batches = new Map<string, Map<number, Batch>>();
  #seen: Seen[] = [];
  #events = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  afterEvent(nodes: readonly BrokerNode[]): void {
    if (this.#events % refreshEvents === 0) this.#refresh(nodes);
    for (const seen of this.#seen) if (seen.node.broker !== undefined) this.#look(seen);
    if (++this.#events % fullCheckEvents === 0) this.full(nodes);
  }

  /** A node's process has ended: its replicas are others when it is back. */
  ended(node: BrokerNode): void {
    this.#seen = this.#seen.filter((seen) => seen.node !== node);
  }

  /** Below its high watermark every replica holds the same batches. */
  full(nodes: readonly BrokerNode[]): void {
    for (const node of nodes) for (const replica of node.broker?.replicas.all() ?? []) this.#compare(node, replica);
  }

  #refresh(nodes: readonly BrokerNode[]): void {
    const known = new Map(this.#seen.map((seen) => [seen.replica, seen]));
    this.#seen = nodes.flatMap((node) =>
      [...(node.broker?.replicas.all() ?? [])].map(
        (replica) => known.get(replica) ?? { node, replica, highWatermark: 0, leaderEpoch: -1, isLeader: false },
      ),
    );
  }

  #look(seen: Seen): void {
    const { node, replica } = seen;
    const { isLeader, leaderEpoch, highWatermark, log } = replica;
    const name = `${log.topicId}-${log.partition}`;
    if (isLeader && (!seen.isLeader || leaderEpoch !== seen.leaderEpoch)) this.#leads(node, replica, name);
    const facts = () => ({ node: node.name, partition: name, leaderEpoch, highWatermark, before: seen.highWatermark, logEnd: log.logEnd });
    if (highWatermark !== seen.highWatermark) {
      holds(highWatermark >= seen.highWatermark || leaderEpoch !== seen.leaderEpoch, "P2", facts());
      if (isLeader) this.#commits(name, leaderEpoch, highWatermark);
    }
    seen.highWatermark = highWatermark;
    seen.leaderEpoch = leaderEpoch;
    seen.isLeader = isLeader;
  }

  #commits(name: string, leaderEpoch: number, highWatermark: number): void {
    const ends = this.#committed.get(name) ?? new Map<number, number>();
    this.#committed.set(name, ends);
    ends.set(leaderEpoch, Math.max(highWatermark, ends.get(leaderEpoch) ?? 0));
  }

  /**
   * One leader for an epoch, and everything that was committed in it or before is in its log. A broker that catches up passes through
   * epochs that are over, in which it leads for a moment: what later ones have committed it may lack.
   */
  #leads({ name: node }: BrokerNode, { leaderEpoch, log }: Replica, name: string): void {
    const key = `${name} ${leaderEpoch}`;
    const known = this.#leaders.get(key);
    holds(known === undefined || known === node, "P1", { partition: name, leaderEpoch, leader: node, known });
    this.#leaders.set(key, node);
    this.#run.marks.hit("leader of a partition");
    const ends = [...(this.#committed.get(name) ?? [])].filter(([epoch]) => epoch <= leaderEpoch).map(([, end]) => end);
    const committedEnd = Math.max(0, ...ends);
    holds(log.logEnd >= committedEnd, "P3", { partition: name, leaderEpoch, leader: node, logEnd: log.logEnd, committedEnd });
  }

  #compare(node: BrokerNode, { log, highWatermark }: Replica): void {
    const name = `${log.topicId}-${log.partition}`;
    const platter = this.#run.world.platter(node.name);
    const path = `${dataPath}/logs/${name}`;
    const known = this.#batches.get(name) ?? new Map<number, Batch>();
    this.#batches.set(name, known);
    for (const file of platter.list(path)) {
      if (!file.endsWith(".log")) continue;
      const bytes = platter.bytes(`${path}/${file}`)!;
      const view = new BatchView(bytes);
      for (let at = 0; at + batchHeaderBytes <= bytes.length; at += view.sizeBytes) {
        view.moveTo(at);
        const { baseOffset, crc, leaderEpoch, nextOffset } = view;
        if (nextOffset > highWatermark || nextOffset > log.logEnd) break;
        const other = known.get(baseOffset);
        const isSame = other === undefined || (other.crc === crc && other.leaderEpoch === leaderEpoch && other.nextOffset === nextOffset);
        holds(isSame, "P6", { node: node.name, partition: name, baseOffset, crc, leaderEpoch, nextOffset, other });
        known.set(baseOffset, { crc, leaderEpoch, nextOffset });
      }
    }
  }
}
