import type { MetadataDelta, MetadataImage, TopicImage } from "@millrace/metadata";
import type { TopicId } from "@millrace/vocabulary";

/** Which topics of the cluster say of themselves that acks=all means synced, held here or not. */
export class SyncedTopics {
  readonly #ids = new Set<TopicId>();

  get areAny(): boolean {
    return this.#ids.size > 0;
  }

  begin({ topics }: MetadataImage): void {
    this.#ids.clear();
    for (const topic of topics.all()) this.#note(topic);
  }

  follow({ removedTopics, changedTopics, image }: MetadataDelta): void {
    for (const id of removedTopics.keys()) this.#ids.delete(id);
    for (const id of changedTopics) {
      const topic = image.topics.byId(id);
      if (topic !== undefined) this.#note(topic);
    }
  }

  #note({ id, overrides }: TopicImage): void {
    if (overrides.get("millrace.durability") === "synced") this.#ids.add(id);
    else this.#ids.delete(id);
  }
}
