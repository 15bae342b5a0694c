import type { Broker } from "@millrace/broker";
import { holds } from "../../violation.ts";
import type { CommittedPartition, Replica, ReplicaCluster } from "../replica-cluster.ts";
import type { CommittedEnds } from "./committed-ends.ts";

/**
 * Whoever may be elected holds everything that was committed, and is counted by the leader: held against the newest metadata that any
 * broker has had, of every partition when these change, of one when its leader commits something.
 */
export class Candidates {
  readonly #cluster: ReplicaCluster;
  readonly #ends: CommittedEnds;
  #image: Broker["image"] | undefined;

  constructor(cluster: ReplicaCluster, ends: CommittedEnds) {
    this.#cluster = cluster;
    this.#ends = ends;
  }

  /** After each event. */
  check(): void {
    const image = this.#cluster.newest?.image;
    const before = this.#image;
    // Whoever knew more may be gone for now: what it knew is so all the same.
    if (image === undefined || image.offset <= (before?.offset ?? -1)) return;
    this.#image = image;
    for (const topic of image.topics.all()) {
      const known = before?.topics.byId(topic.id);
      for (const partition of topic.partitions) {
        if (known?.partitions[partition.index] === partition) continue;
        this.#checkJoining(topic.id, partition, known?.partitions[partition.index]);
        this.#checkOne(`${topic.id}-${partition.index}`, topic.id, partition);
      }
    }
  }

  /** What the newest metadata say of a partition. */
  state({ topicId, index }: Replica): CommittedPartition | undefined {
    return this.#image?.topics.byId(topicId)?.partitions[index];
  }

  /** A leader has committed something. */
  committed(replica: Replica): void {
    const { topicId, index } = replica;
    const partition = this.state(replica);
    if (partition !== undefined) this.#checkOne(`${topicId}-${index}`, topicId, partition);
  }

  /** Whoever has come in sync since the state before was not fenced by then: what fences it takes it out as well. */
  #checkJoining(topicId: string, { isr, index, leaderEpoch }: CommittedPartition, before: CommittedPartition | undefined): void {
    for (const id of isr) {
      const broker = this.#image!.brokers.get(id);
      const isUnfit = broker === undefined || broker.isFenced;
      const hasJoined = before !== undefined && before.leaderEpoch === leaderEpoch && !before.isr.includes(id);
      holds(!isUnfit || !hasJoined, "P17", { partition: `${topicId}-${index}`, member: id, isr, leaderEpoch });
    }
  }

  #checkOne(name: string, topicId: Replica["topicId"], partition: CommittedPartition): void {
    const { isr, eligibleLeaders, leaderEpoch, index } = partition;
    if (this.#isOutdated(topicId, partition)) return;
    const committedEnd = this.#ends.upTo(name, leaderEpoch);
    for (const id of [...isr, ...eligibleLeaders]) {
      const log = this.#cluster.node(id)?.broker?.replicas.partition(topicId, index)?.log;
      if (log === undefined || log.failure !== undefined) continue;
      const facts = { partition: name, member: id, isr, eligibleLeaders, leaderEpoch, logEnd: log.logEnd, committedEnd };
      holds(log.logEnd >= committedEnd, "P4", facts);
    }
    this.#checkLeader(name, topicId, partition);
  }

  /** Whether somebody acts by a newer state, as a leader does that the controller has answered before the metadata say so. */
  #isOutdated(topicId: Replica["topicId"], { index, partitionEpoch }: CommittedPartition): boolean {
    return this.#cluster.nodes.some(({ broker }) => (broker?.replicas.partition(topicId, index)?.partitionEpoch ?? -1) > partitionEpoch);
  }

  /** What the leader of that epoch waits for are all that the controller takes for being in sync. */
  #checkLeader(name: string, topicId: Replica["topicId"], { leader, leaderEpoch, isr, index }: CommittedPartition): void {
    const leading = this.#cluster.node(leader)?.broker?.replicas.partition(topicId, index)?.leading;
    if (leading === undefined || leading.leaderEpoch !== leaderEpoch) return;
    const proposed = leading.proposal?.isr.map(({ broker }) => broker) ?? [];
    for (const id of isr) {
      const isCounted = id === leader || leading.isInSync(id) || proposed.includes(id);
      holds(isCounted, "P5", { partition: name, leader, leaderEpoch, isr, proposed, missing: id });
    }
  }
}
