import type { MetadataImage } from "@millrace/metadata";
import type { Logger } from "@millrace/runtime";
import type { DecidedRecord } from "./decide/decision.ts";

/** Elections after which committed records may be missing: nobody could lead who was known to hold all of them. */
export class RiskyElections {
  /** Of this process; each was said, too. */
  count = 0;
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** A record that carries a risk is committed, and not folded into the image yet, or just so. */
  committed(image: MetadataImage, record: DecidedRecord): void {
    if (record.type !== "PartitionChange") return;
    this.count++;
    const { topicId, index, leadership, risk } = record;
    const topic = image.topics.byId(topicId)?.name;
    this.#logger.warn("leader may lack committed records", { topic, topicId, partition: index, ...leadership, risk });
  }
}
