import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyImage, fold, type MetadataImage, type MetadataRecord } from "@millrace/metadata";
import { grpcPeers } from "@millrace/rpc";
import { type Address, MemoryBudget, type PeerListener, type Runtime, type Work } from "@millrace/runtime";
import { RealDisk, RealKvStores, realClock, realHost, realLogger, realRandom } from "@millrace/runtime/real";
import { type LogDirectory, storageTasks } from "@millrace/storage";
import { openTestDirectory, testIdentity } from "@millrace/storage/testing";
import { BrokerEpoch, BrokerId, Configuration, LeaderEpoch, MiB, noBroker, Offset, PartitionEpoch, TopicId } from "@millrace/vocabulary";
import { type AlterPartitions, type Partition, Replicas, replicationMessageBytesMax } from "../../src/index.ts";

export const topicId: TopicId = TopicId("AAAAAAAAAAAAAAAAAAAAAw");
const host = "127.0.0.1";

/** Runs tasks where they are asked for. */
const inlineWork: Work = {
  run: async (name, input) => storageTasks.find((task) => task.name === name)!.run(input),
  close: async () => undefined,
};

function realWorld(): Runtime {
  const parts = { clock: realClock, random: realRandom, disk: new RealDisk(), kv: new RealKvStores(), work: inlineWork };
  return { ...parts, host: realHost(), logger: realLogger({ level: "silent", form: "json" }) } as unknown as Runtime;
}

/** What the cluster knows when these brokers hold a partition that the first one leads. */
export function imageWith(ports: ReadonlyMap<BrokerId, number>): MetadataImage {
  const ids = [...ports.keys()];
  const births = [...ports].flatMap(([brokerId, port], index): MetadataRecord[] => {
    const incarnation = topicId;
    const listeners = [{ name: "PLAINTEXT", host, port }];
    return [
      {
        type: "RegisterBroker",
        brokerId,
        incarnation,
        directoryId: topicId,
        host,
        rack: undefined,
        listeners,
        features: new Map(),
        state: undefined,
      },
      { type: "BrokerChange", brokerId, epoch: BrokerEpoch(2 * index), isFenced: false },
    ];
  });
  const partition = { replicas: ids, isr: ids, leader: ids[0]!, leaderEpoch: LeaderEpoch(0), partitionEpoch: PartitionEpoch(0) };
  const nobody = { addingReplicas: [], removingReplicas: [], eligibleLeaders: [], lastKnownLeader: noBroker };
  return fold(emptyImage(), Offset(0), 1, [
    ...births,
    { type: "Topic", topicId, name: "orders" },
    { type: "Partition", topicId, index: 0, ...partition, ...nobody },
  ]).image;
}

/** One broker's replicas, on a disk and behind a port of their own. */
interface Node {
  readonly id: BrokerId;
  readonly folder: string;
  readonly directory: LogDirectory;
  readonly replicas: Replicas;
  readonly listener: PeerListener;
}

async function openNode(id: BrokerId, alterPartitions: AlterPartitions): Promise<Node> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-replication-"));
  const runtime = realWorld();
  const memory = new MemoryBudget(() => 256 * MiB);
  const configuration = new Configuration();
  const directory = await openTestDirectory(runtime, { path: join(folder, "data"), memory });
  const peers = grpcPeers({ messageBytesMax: replicationMessageBytesMax });
  const { clock, logger } = runtime;
  const epoch = () => BrokerEpoch(2 * (id - 1));
  const { clusterId } = testIdentity;
  const replicas = new Replicas({ self: id, clusterId, epoch, clock, logger, peers, memory, directory, configuration, alterPartitions });
  const listener = await peers.serve({ host, port: 0 }, replicas.methods);
  return { id, folder, directory, replicas, listener };
}

/** Replicas of one partition over real connections and disks, numbered from 1; 1 leads. All of them in this process. */
export class RealReplicas {
  readonly #nodes: readonly Node[];

  private constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
  }

  static async open(count: number, alterPartitions: AlterPartitions = () => new Promise(() => {})): Promise<RealReplicas> {
    const ids = Array.from({ length: count }, (_, index) => BrokerId(index + 1));
    const nodes = await Promise.all(ids.map((id) => openNode(id, alterPartitions)));
    const image = imageWith(new Map(nodes.map(({ id, listener }) => [id, listener.address.port])));
    for (const { replicas } of nodes) {
      replicas.begin(image);
      await replicas.settled();
    }
    return new RealReplicas(nodes);
  }

  /** Where followers find a broker. */
  address(id: number): Address {
    return this.#nodes[id - 1]!.listener.address;
  }

  partition(id: number): Partition {
    return this.#nodes[id - 1]!.replicas.partition(topicId, 0)!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { replicas } of this.#nodes) replicas.close();
    for (const { listener, directory, folder } of this.#nodes) {
      await listener.close(0);
      await directory.close();
      await rm(folder, { recursive: true, force: true });
    }
  }
}
