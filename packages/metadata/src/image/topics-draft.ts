import { assert, isInternalTopic, type Overrides, type TopicId, topicCollisionKey } from "@millrace/vocabulary";
import type { PartitionChange, PartitionRecord, TopicRecord } from "../records/record.ts";
import type { PartitionImage, TopicImage } from "./image.ts";
import { LoadsDraft } from "./loads-draft.ts";
import { withEntry } from "./ordered-map.ts";
import { changed, partitionOf } from "./partition.ts";
import { Topics, type TopicTrees } from "./topics.ts";

/** A topic that a batch of records touches. Its list of partitions is copied once, before the first change. */
interface TopicDraft extends TopicImage {
  partitions: PartitionImage[];
  overrides: Overrides;
}

/**
 * The topics of an image to be. A batch costs what it touches: a copy of each touched topic's list, and the few nodes of the
 * trees on the way to it.
 */
export class TopicsDraft {
  readonly #before: Topics;
  readonly #trees: TopicTrees;
  readonly #touched = new Map<TopicId, TopicDraft>();
  readonly #changed = new Set<TopicId>();
  readonly #removed = new Map<TopicId, TopicImage>();
  readonly #loads: LoadsDraft;

  constructor(before: Topics, loads: LoadsDraft) {
    this.#before = before;
    this.#trees = before.branch();
    this.#loads = loads;
  }

  create({ topicId, name }: TopicRecord): void {
    const { ids, names } = this.#trees;
    assert(!ids.has(name) && !names.has(topicCollisionKey(name)), "a topic's name is free when it begins", { topicId, name });
    assert(this.#find(topicId) === undefined, "a topic id is used once", { topicId, name });
    ids.set(name, topicId);
    names.set(topicCollisionKey(name), name);
    this.#changed.add(topicId);
    this.#touched.set(topicId, { id: topicId, name, isInternal: isInternalTopic(name), partitions: [], overrides: new Map() });
  }

  addPartition(record: PartitionRecord): void {
    const { partitions } = this.#touch(record.topicId);
    assert(record.index === partitions.length, "partitions come in order", { record, partitions: partitions.length });
    const partition = partitionOf(record);
    partitions.push(partition);
    this.#loads.add(partition.replicas);
  }

  changePartition(change: PartitionChange): void {
    const { partitions } = this.#touch(change.topicId);
    const before = partitions[change.index];
    assert(before !== undefined, "a partition exists when it changes", { change });
    const after = changed(before, change);
    partitions[change.index] = after;
    if (after.replicas === before.replicas) return;
    this.#loads.remove(before.replicas);
    this.#loads.add(after.replicas);
  }

  configure(id: TopicId, key: string, value: string | undefined): void {
    const topic = this.#touch(id);
    topic.overrides = withEntry(topic.overrides, key, value);
  }

  remove(id: TopicId): void {
    const topic = this.#find(id);
    assert(topic !== undefined, "a topic exists when it ends", { id });
    for (const { replicas } of topic.partitions) this.#loads.remove(replicas);
    this.#trees.topics.delete(id);
    this.#trees.ids.delete(topic.name);
    this.#trees.names.delete(topicCollisionKey(topic.name));
    this.#touched.delete(id);
    this.#changed.delete(id);
    const published = this.#before.byId(id);
    if (published !== undefined) this.#removed.set(id, published);
  }

  /** Puts what is touched into the trees, so that no later step has it all to do. */
  settle(): void {
    for (const topic of this.#touched.values()) this.#trees.topics.set(topic.id, topic);
    this.#touched.clear();
  }

  finish(): { topics: Topics; changedTopics: ReadonlySet<TopicId>; removedTopics: ReadonlyMap<TopicId, TopicImage> } {
    const isSame = this.#changed.size + this.#removed.size === 0;
    this.settle();
    const { topics, ids, names } = this.#trees;
    return { topics: isSame ? this.#before : new Topics(topics, ids, names), changedTopics: this.#changed, removedTopics: this.#removed };
  }

  #find(id: TopicId): TopicImage | undefined {
    return this.#touched.get(id) ?? this.#trees.topics.get(id);
  }

  #touch(id: TopicId): TopicDraft {
    const touched = this.#touched.get(id);
    if (touched !== undefined) return touched;
    const topic = this.#trees.topics.get(id);
    assert(topic !== undefined, "a topic exists when it changes", { id });
    const draft = { ...topic, partitions: [...topic.partitions] };
    this.#changed.add(id);
    this.#touched.set(id, draft);
    return draft;
  }
}
