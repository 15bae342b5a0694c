import type { MetadataImage, MetadataRecord } from "@millrace/metadata";
import type { RandomStream } from "@millrace/runtime";
import type { Configuration, Offset } from "@millrace/vocabulary";
import type { ElectionRisk } from "../election.ts";

/**
 * What a decision changes and what it answers. Deciding reads, and changes nothing: the records do, once they are
 * committed. To refuse is to throw a MillraceError.
 */
export interface Decision<Reply> {
  /** Made while they are taken, so that a long decision may pause between any two. Gone through once. */
  readonly records: Iterable<DecidedRecord>;
  readonly reply: Reply;
}

/** A record, and what is to be said of it beside: a risk is not written. */
export type DecidedRecord = MetadataRecord & { readonly risk?: ElectionRisk | undefined };

/** What a decision rests on. */
export interface Surroundings {
  /** Everything committed and everything proposed: what is under way counts, so that no two requests create one topic. */
  readonly image: MetadataImage;
  /** The offset that the decision's first record gets. */
  readonly nextOffset: Offset;
  readonly configuration: Configuration;
  readonly random: RandomStream;
}

/** A decision that changes nothing. */
export function unchanged<Reply>(reply: Reply): Decision<Reply> {
  return { records: [], reply };
}
