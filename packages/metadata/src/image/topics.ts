import { type TopicId, topicCollisionKey } from "@millrace/vocabulary";
import { type BTree, stringTree } from "./btree.ts";
import type { TopicImage, TopicsImage } from "./image.ts";

/**
 * The topics of one image, in trees that share their nodes with those of the images before and after.
 *
 *     name, with . as _  ─▶  name  ─▶  id  ─▶  topic
 *
 * Only the last tree changes when a partition does.
 */
export class Topics implements TopicsImage {
  readonly #topics: BTree<TopicId, TopicImage>;
  readonly #ids: BTree<string, TopicId>;
  readonly #names: BTree<string, string>;

  constructor(topics: BTree<TopicId, TopicImage>, ids: BTree<string, TopicId>, names: BTree<string, string>) {
    this.#topics = topics;
    this.#ids = ids;
    this.#names = names;
  }

  static none(): Topics {
    return new Topics(stringTree(), stringTree(), stringTree());
  }

  get size(): number {
    return this.#topics.size;
  }

  byName(name: string): TopicImage | undefined {
    const id = this.#ids.get(name);
    return id === undefined ? undefined : this.#topics.get(id);
  }

  byId(id: TopicId): TopicImage | undefined {
    return this.#topics.get(id);
  }

  *all(from?: string): Iterable<TopicImage> {
    for (const id of this.#ids.values(from)) yield this.#topics.get(id)!;
  }

  colliding(name: string): TopicImage | undefined {
    const other = this.#names.get(topicCollisionKey(name));
    return other === undefined || other === name ? undefined : this.byName(other);
  }

  /** Begins the next image's topics: trees that start as these and may be changed. */
  branch(): TopicTrees {
    return { topics: this.#topics.clone(), ids: this.#ids.clone(), names: this.#names.clone() };
  }
}

/** The trees behind an image to be. */
export interface TopicTrees {
  readonly topics: BTree<TopicId, TopicImage>;
  readonly ids: BTree<string, TopicId>;
  readonly names: BTree<string, string>;
}
