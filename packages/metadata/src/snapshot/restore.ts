import { decodeStrictly } from "@millrace/contracts";
import { SnapshotChunk } from "@millrace/contracts/metadata";
import { Offset, type TopicId } from "@millrace/vocabulary";
import { ImageDraft } from "../image/draft.ts";
import { emptyImage } from "../image/empty.ts";
import type { MetadataDelta, MetadataImage, TopicImage } from "../image/image.ts";
import { decodeRecord } from "../records/codec.ts";

/** Makes an image of a snapshot, chunk by chunk. Nobody sees it before the last one. */
export class SnapshotRestore {
  readonly #draft = new ImageDraft(emptyImage());

  /** Folds the next chunk in. Throws LEVEL_UNKNOWN and DATA_DAMAGED as decodeRecord does. */
  add(chunk: Buffer): void {
    const { records } = decodeStrictly(SnapshotChunk, chunk);
    for (const record of records) this.#draft.apply(decodeRecord(record), Offset(-1));
    this.#draft.settle();
  }

  /**
   * The image as of `offset`, which was written in `term`. Beside the image that stood before, everything counts as changed:
   * a snapshot does not say what came between.
   */
  finish(before: MetadataImage, position: { offset: Offset; term: number }): MetadataDelta {
    const { image, changedTopics } = this.#draft.finish(position);
    return {
      image,
      before,
      changedTopics,
      removedTopics: missing(before, image),
      brokersChanged: true,
      brokerOverridesChanged: true,
      featuresChanged: true,
    };
  }
}

function missing(before: MetadataImage, after: MetadataImage): ReadonlyMap<TopicId, TopicImage> {
  const gone = new Map<TopicId, TopicImage>();
  for (const topic of before.topics.all()) if (after.topics.byId(topic.id) === undefined) gone.set(topic.id, topic);
  return gone;
}
