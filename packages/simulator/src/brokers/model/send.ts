/** Records that a client sends in one batch, and what it knows of them. */
export interface Send {
  readonly values: readonly string[];
  /** Where the partition's acknowledged end was when they were first sent: they can only lie at or behind it. */
  readonly floor: number;
  /** How often the partition had lost records by then: what lies below may have gone since. */
  readonly losses: number;
  /** Whether the records may be in the log more than once: no idempotent producer sent them, and they were sent again. */
  mayRepeat: boolean;
  outcome: "open" | "acknowledged" | "refused";
}

/** Who an acknowledgement is from, and what it means. */
export interface Acknowledgement {
  readonly baseOffset: number;
  readonly acks: 1 | -1;
}
