import { assert, Offset } from "@millrace/vocabulary";
import type { MetadataRecord } from "../records/record.ts";
import { ImageDraft } from "./draft.ts";
import type { MetadataDelta, MetadataImage } from "./image.ts";

/**
 * The image after records that follow it, the first one at `offset`, written in `term`. Records of one proposal are folded
 * together: nobody sees a topic with half of its partitions.
 */
export function fold(before: MetadataImage, offset: Offset, term: number, records: readonly MetadataRecord[]): MetadataDelta {
  assert(offset > before.offset && records.length > 0, "records follow their image", { offset, image: before.offset });
  const draft = new ImageDraft(before);
  for (const [index, record] of records.entries()) draft.apply(record, Offset(offset + index));
  return draft.finish({ offset: Offset(offset + records.length - 1), term });
}
