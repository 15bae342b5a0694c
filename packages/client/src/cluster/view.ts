import type { DescribeTopicsResponse, Leader, Topic } from "@millrace/contracts/log";
import { errorOf } from "@millrace/contracts";
import type { Address } from "@millrace/runtime";
import { type MillraceError, printAddress } from "@millrace/vocabulary";

/** A topic as the client has last heard of it. */
export interface TopicView {
  readonly name: string;
  /** 16 bytes: one life of the topic. */
  readonly id: Buffer;
  /** By index. */
  readonly partitions: readonly PartitionView[];
}

export interface PartitionView {
  readonly partition: number;
  /** Undefined: none at the moment, as far as is known. */
  readonly leader: number | undefined;
  /** Rises with each change of leader: what is older is not believed. */
  readonly leaderEpoch: number;
}

/** What a client knows about its cluster: who is in it, and who leads what. Folded together from answers and hints. */
export class ClusterView {
  readonly #brokers = new Map<number, Address>();
  readonly #topics = new Map<string, TopicView>();
  readonly #errors = new Map<string, MillraceError>();

  /** Every broker that is known, in the order in which they were told. */
  get brokers(): readonly Address[] {
    return [...this.#brokers.values()];
  }

  topic(name: string): TopicView | undefined {
    return this.#topics.get(name);
  }

  /** Why a topic is not known: what the cluster said last. */
  errorOf(name: string): MillraceError | undefined {
    return this.#errors.get(name);
  }

  leaderOf(name: string, partition: number): { readonly address: Address; readonly leaderEpoch: number } | undefined {
    const { leader, leaderEpoch = -1 } = this.#topics.get(name)?.partitions[partition] ?? {};
    const address = leader === undefined ? undefined : this.#brokers.get(leader);
    return address === undefined ? undefined : { address, leaderEpoch };
  }

  /** Whether another broker than the one at this address is known to lead the partition. */
  isLedElsewhere(name: string, partition: number, address: Address): boolean {
    const leader = this.leaderOf(name, partition);
    return leader !== undefined && printAddress(leader.address) !== printAddress(address);
  }

  fold({ brokers, topics }: DescribeTopicsResponse): void {
    if (brokers.length > 0) this.#brokers.clear();
    for (const { id, host, port } of brokers) this.#brokers.set(id, { host, port });
    for (const topic of topics) this.#foldTopic(topic);
  }

  /** A broker has said who leads a partition instead of itself. Gives whether that is news. */
  learn(name: string, partition: number, { broker, host, port, leaderEpoch }: Leader): boolean {
    const topic = this.#topics.get(name);
    const known = topic?.partitions[partition];
    if (topic === undefined || known === undefined || known.leaderEpoch >= leaderEpoch) return false;
    this.#brokers.set(broker, { host, port });
    this.#topics.set(name, { ...topic, partitions: topic.partitions.with(partition, { partition, leader: broker, leaderEpoch }) });
    return true;
  }

  #foldTopic({ failure, name, id, partitions }: Topic): void {
    if (failure !== null) return void this.#errors.set(name, errorOf(failure));
    this.#errors.delete(name);
    const former = this.#topics.get(name);
    const isSameLife = former !== undefined && former.id.equals(id);
    const views = partitions.map(({ partition, leader, leaderEpoch }): PartitionView => {
      const known = isSameLife ? former.partitions[partition] : undefined;
      return known !== undefined && known.leaderEpoch > leaderEpoch ? known : { partition, leader: leader ?? undefined, leaderEpoch };
    });
    this.#topics.set(name, { name, id: Buffer.from(id), partitions: views });
  }
}
