import type { JoinedMember } from "@millrace/contracts/groups";
import type { Clock, Timer } from "@millrace/runtime";
import { secondMs } from "@millrace/vocabulary";
import type { Cluster } from "../cluster/cluster.ts";
import { decodeSubscription, encodeAssignment } from "./consumer-protocol.ts";
import { assignRange, topicsOf } from "./range-assignor.ts";

/** How often it is looked whether topics have changed. */
const checkMs: number = 30 * secondMs;
/** How often, while one of them does not exist. */
const missingCheckMs: number = secondMs;

/** What the leader of a group does for it: says who gets which partitions, and notices when there are others. */
export class Leadership {
  readonly #cluster: Cluster;
  readonly #clock: Clock;
  readonly #outdated: () => void;
  #check: Timer | undefined;
  /** Rises whenever what is watched is watched no more. */
  #watch = 0;

  /** @param outdated told when the topics have other partitions than were given away last */
  constructor(cluster: Cluster, clock: Clock, outdated: () => void) {
    this.#cluster = cluster;
    this.#clock = clock;
    this.#outdated = outdated;
  }

  /** Gives the partitions of every topic that a member subscribes to to its members. */
  async assign(members: readonly JoinedMember[]): Promise<ReadonlyMap<string, Buffer>> {
    const subscribers = members.map(({ memberId, groupInstanceId, metadata }) => ({
      memberId,
      groupInstanceId,
      topics: subscribedBy(metadata),
    }));
    const topics = topicsOf(subscribers);
    const counts = await this.#partitionCounts(topics);
    this.#watchTopics(topics, counts, ++this.#watch);
    const assignments = assignRange(subscribers, counts);
    return new Map([...assignments].map(([memberId, partitions]) => [memberId, encodeAssignment(partitions)]));
  }

  /** The group has another leader, or none. */
  end(): void {
    this.#watch++;
    this.#check?.cancel();
  }

  /** A topic that does not exist has no partitions. */
  async #partitionCounts(topics: readonly string[]): Promise<Map<string, number>> {
    await Promise.all(topics.map((topic) => this.#cluster.refresh(topic)));
    const { view } = this.#cluster;
    return new Map(topics.map((topic) => [topic, view.errorOf(topic) === undefined ? (view.topic(topic)?.partitions.length ?? 0) : 0]));
  }

  #watchTopics(topics: readonly string[], assigned: ReadonlyMap<string, number>, watch: number): void {
    this.#check?.cancel();
    const areAllThere = topics.every((topic) => assigned.get(topic)! > 0);
    this.#check = this.#clock.timer(areAllThere ? checkMs : missingCheckMs, () => void this.#look(topics, assigned, watch));
  }

  async #look(topics: readonly string[], assigned: ReadonlyMap<string, number>, watch: number): Promise<void> {
    const counts = await this.#partitionCounts(topics).catch(() => assigned); // asked again next time
    if (watch !== this.#watch) return;
    if (topics.some((topic) => counts.get(topic) !== assigned.get(topic))) this.#outdated();
    else this.#watchTopics(topics, assigned, watch);
  }
}

/** One member's nonsense is not the others' trouble: it gets nothing. */
function subscribedBy(metadata: Buffer): string[] {
  try {
    return decodeSubscription(metadata);
  } catch {
    return [];
  }
}
