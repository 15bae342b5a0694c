import type { InputOf, RequestOf, ResponseOf, TypeOf } from "@millrace/protocol";
import { apis } from "@millrace/protocol";
import { BrokerId, LeaderEpoch, ProducerId, zeroUuid } from "@millrace/vocabulary";

/** What a bare broker says that it serves; Produce ends where topics are still named by name. */
const served = {
  Produce: [0, 12],
  Metadata: [0, 11],
  ApiVersions: [0, 4],
  CreateTopics: [2, 7],
  DeleteTopics: [1, 6],
  InitProducerId: [0, 5],
} as const;

/** An API that is answered from memory. */
export type Answered = Exclude<keyof typeof served, "Produce">;

type Request = { readonly [Name in Answered]: RequestOf<Name> };
type Response = { readonly [Name in Answered]: ResponseOf<Name> };

const self: BrokerId = BrokerId(1);
const id: typeof zeroUuid = zeroUuid;

/** Answers what a producer asks before it produces. Every topic exists, with one partition unless it was created with more. */
export class BareTopics {
  readonly #partitions = new Map<string, number>();
  readonly #removed: (topic: string) => void;

  constructor(removed: (topic: string) => void) {
    this.#removed = removed;
  }

  answer<Name extends Answered>(name: Name, request: Request[Name], port: number): Response[Name] {
    const answers: { [Each in Answered]: (request: Request[Each]) => Response[Each] } = {
      ApiVersions: () => ({ errorCode: 0, apiKeys: apiKeys() }),
      InitProducerId: () => ({ errorCode: 0, producerId: ProducerId(1), producerEpoch: 0 }),
      Metadata: ({ topics }) => ({
        brokers: [{ nodeId: self, host: "127.0.0.1", port }],
        topics: (topics ?? []).map((topic) => this.#describe(topic.name!)),
      }),
      CreateTopics: ({ topics }) => ({ topics: topics.map((topic) => this.#create(topic)) }),
      DeleteTopics: ({ topics }) => ({ responses: topics.map(({ name: topic }) => this.#remove(topic!)) }),
    };
    return answers[name](request);
  }

  #create({
    name,
    numPartitions,
  }: Request["CreateTopics"]["topics"][number]): InputOf<typeof apis.CreateTopics.response>["topics"][number] {
    this.#partitions.set(name, numPartitions);
    return { name, topicId: id, errorCode: 0, errorMessage: null, numPartitions, replicationFactor: 1, configs: [] };
  }

  #remove(name: string): InputOf<typeof apis.DeleteTopics.response>["responses"][number] {
    this.#removed(name);
    return { name, topicId: id, errorCode: 0 };
  }

  #describe(name: string): InputOf<typeof apis.Metadata.response>["topics"][number] {
    const partitions = Array.from({ length: this.#partitions.get(name) ?? 1 }, (_, partitionIndex) => ({
      errorCode: 0,
      partitionIndex,
      leaderId: self,
      leaderEpoch: LeaderEpoch(0),
      replicaNodes: [self],
      isrNodes: [self],
    }));
    return { errorCode: 0, name, topicId: id, partitions };
  }
}

function apiKeys(): TypeOf<typeof apis.ApiVersions.response>["apiKeys"] {
  return Object.entries(served).map(([name, [minVersion, maxVersion]]) => ({
    apiKey: apis[name as keyof typeof served].key,
    minVersion,
    maxVersion,
  }));
}
