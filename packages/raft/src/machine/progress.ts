import { MiB, Offset } from "@millrace/vocabulary";
import { type Voter, voterKey, type VoterId } from "../voters.ts";

/** One message holds entries up to so many bytes, or one longer entry: a step of the loop at both ends. */
export const appendBytesMax: number = MiB;
/** What may be under way to one follower: 100 MB/s over 40 ms. It bounds the memory for a follower at both ends. */
const windowBytesMax = 4 * MiB;
/** Messages under way to one follower; while they are, what is proposed gathers for the next one. */
const windowMessagesMax = 4;

interface Sent {
  readonly end: Offset;
  readonly bytes: number;
}

/** What a leader knows of one other node of the quorum. */
export class Progress {
  readonly id: VoterId;
  /**
   * `probe`: where the logs part is not known; one message at a time looks for it. `replicate`: messages follow each other up to the
   * window. `snapshot`: what it lacks is no longer in the log.
   */
  mode: "probe" | "replicate" | "snapshot" = "probe";
  /** Everything below it is durable there, and the leader's. Never goes back while this leader leads. */
  match: Offset;
  /** Where the next message begins. */
  next: Offset;
  /** Whether the one message of a probe is under way. */
  isAsked = false;
  /** Of the snapshot that is sent: its offset, the next chunk, and when that was sent. */
  chunk: { offset: Offset; index: number; sentMs: number } | undefined;
  /** The last answer of any kind. */
  heardMs: number;
  /** The last of the leader's heartbeats that it answered. */
  round = 0;
  /** What it must have to count as caught up with the time of `target.atMs`. */
  target: { readonly end: Offset; readonly atMs: number };
  /** The last time at which it had everything that the leader had. */
  caughtUpMs: number | undefined;
  #inFlight: Sent[] = [];
  #bytesInFlight = 0;

  constructor({ nodeId, directoryId }: Voter, next: Offset, nowMs: number) {
    this.id = { nodeId, directoryId };
    this.match = Offset(0);
    this.next = next;
    this.heardMs = nowMs;
    this.target = { end: next, atMs: nowMs };
  }

  get key(): string {
    return voterKey(this.id);
  }

  /** Whether the window takes another message. */
  get hasRoom(): boolean {
    return this.#inFlight.length < windowMessagesMax && this.#bytesInFlight < windowBytesMax;
  }

  /** A message that ends at `end` has left. */
  sent(end: Offset, bytes: number): void {
    this.next = end;
    this.#inFlight.push({ end, bytes });
    this.#bytesInFlight += bytes;
  }

  /** Everything below `end` is durable there. */
  stored(end: Offset): void {
    this.match = Offset(Math.max(this.match, end));
    while (this.#inFlight.length > 0 && this.#inFlight[0]!.end <= this.match) this.#bytesInFlight -= this.#inFlight.shift()!.bytes;
  }

  probe(next: Offset): void {
    this.#begin("probe", next);
  }

  replicate(next: Offset): void {
    this.#begin("replicate", next);
  }

  snapshot(offset: Offset, nowMs: number): void {
    this.#begin("snapshot", this.next);
    this.chunk = { offset, index: 0, sentMs: nowMs };
  }

  #begin(mode: Progress["mode"], next: Offset): void {
    this.mode = mode;
    this.next = Offset(Math.max(next, this.match));
    this.isAsked = false;
    this.chunk = undefined;
    this.#inFlight = [];
    this.#bytesInFlight = 0;
  }
}
