import type { RecordToWrite } from "@millrace/records";
import type { MillraceError } from "@millrace/vocabulary";

/** Where a record came to lie. */
export interface Sent {
  readonly topic: string;
  readonly partition: number;
  /** Undefined where it is not told: with acks `none`, and where the broker knows of an old batch only that it has it. */
  readonly offset: number | undefined;
  /** Milliseconds since 1970: the record's, or the broker's where the topic says so. */
  readonly timestampMs: number;
}

/** A record on its way. */
export interface PendingRecord {
  readonly record: RecordToWrite;
  /** What it takes of the buffer. */
  readonly bufferBytes: number;
  /** When it is given up. */
  readonly deadlineMs: number;
  readonly delivered: (sent: Sent) => void;
  readonly failed: (error: MillraceError) => void;
}
