import { type Draft, encodeMessage } from "@millrace/contracts";
import { FromController } from "@millrace/contracts/session";
import { type MetadataImage, snapshotChunks } from "@millrace/metadata";
import type { Clock, PeerStream } from "@millrace/runtime";
import { assert, KiB, type Offset } from "@millrace/vocabulary";
import { type Committed, lastOffset, type MetadataTail } from "./metadata-tail.ts";

/** Records of one message, and what is sent in one step of the event loop, but for the last record: some 500 of them. */
const partBytesMax: number = 32 * KiB;

export interface FeedParts {
  readonly stream: PeerStream;
  readonly clock: Clock;
  readonly tail: MetadataTail;
  readonly image: () => MetadataImage;
}

/**
 * What one broker has of the metadata, and what it gets next. A feed holds its place and no queue: it goes on when the stream takes
 * more. A broker that falls behind what the tail keeps gets a snapshot of the image at that moment.
 */
export class MetadataFeed {
  readonly #parts: FeedParts;
  readonly #forget: () => void;
  /** Everything up to here has been sent. */
  #sent: Offset;
  /** The number of the next entry of the tail, and how many of its records have been sent; undefined: a snapshot is due. */
  #place: { entry: number; records: number } | undefined;
  #snapshot: Iterator<Draft<FromController>> | undefined;
  #isBlocked = false;
  #isAsked = false;
  #isClosed = false;

  /** @param has the last record that the broker has */
  constructor(parts: FeedParts, has: Offset) {
    const { tail } = parts;
    this.#parts = parts;
    this.#sent = has;
    this.#place = placeAt(tail.after(has));
    this.#forget = tail.watch(() => this.#goOn());
    this.#goOn();
  }

  /** The stream takes more again. */
  drained(): void {
    this.#isBlocked = false;
    this.#goOn();
  }

  close(): void {
    this.#isClosed = true;
    this.#forget();
  }

  /** Each step has a turn of its own. */
  #goOn(): void {
    if (this.#isAsked || this.#isBlocked || this.#isClosed) return;
    this.#isAsked = true;
    this.#parts.clock.afterTurn(() => {
      this.#isAsked = false;
      if (this.#isClosed) return;
      const message = this.#next();
      if (message === undefined) return;
      this.#isBlocked = !this.#parts.stream.send([encodeMessage(FromController, message)]);
      this.#goOn();
    });
  }

  #next(): Draft<FromController> | undefined {
    if (this.#snapshot !== undefined) return this.#nextOfSnapshot(this.#snapshot);
    while (this.#place !== undefined && this.#place.entry < this.#parts.tail.end) {
      const entry = this.#parts.tail.entry(this.#place.entry);
      if (entry === undefined) break;
      if (lastOffset(entry) > this.#sent) return this.#nextPart(entry, this.#place);
      this.#place = { entry: this.#place.entry + 1, records: 0 };
    }
    return this.#isCurrent() ? undefined : this.#beginSnapshot();
  }

  #isCurrent(): boolean {
    return this.#place !== undefined && this.#place.entry === this.#parts.tail.end;
  }

  #nextPart(entry: Committed, place: { entry: number; records: number }): Draft<FromController> {
    let [end, bytes] = [place.records, 0];
    for (; end < entry.records.length && bytes < partBytesMax; end++) bytes += entry.records[end]!.length;
    const more = end < entry.records.length;
    const { offset, term } = entry;
    const records = entry.records.slice(place.records, end);
    this.#place = more ? { entry: place.entry, records: end } : { entry: place.entry + 1, records: 0 };
    if (!more) this.#sent = lastOffset(entry);
    return { committed: { offset, term, records, more } };
  }

  /** A part of an entry that went before is forgotten by the broker when a snapshot begins. */
  #beginSnapshot(): Draft<FromController> {
    const image = this.#parts.image();
    assert(image.offset > this.#sent, "a broker has nothing that is not committed", { sent: this.#sent, offset: image.offset });
    this.#snapshot = snapshotMessages(image);
    this.#sent = image.offset;
    return this.#nextOfSnapshot(this.#snapshot)!;
  }

  #nextOfSnapshot(snapshot: Iterator<Draft<FromController>>): Draft<FromController> | undefined {
    const { value, done } = snapshot.next();
    if (done !== true) return value;
    this.#snapshot = undefined;
    this.#place = placeAt(this.#parts.tail.after(this.#sent));
    return this.#next();
  }
}

function placeAt(entry: number | undefined): { entry: number; records: number } | undefined {
  return entry === undefined ? undefined : { entry, records: 0 };
}

function* snapshotMessages(image: MetadataImage): Generator<Draft<FromController>> {
  const { offset, term } = image;
  yield { snapshotBegin: { offset, term } };
  for (const chunk of snapshotChunks(image)) yield { snapshotChunk: { chunk } };
  yield { snapshotEnd: {} };
}
