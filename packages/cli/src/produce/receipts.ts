import type { Sent } from "@millrace/client";
import { JsonSequence } from "../output/json-sequence.ts";
import type { Outlet } from "../output/outlet.ts";

/** Tells where records came to lie. */
export interface Receipts {
  /** @param line counts from 1, in the order of the input; acknowledgements come in any order */
  sent(sent: Sent, line: number): void;
  /** No more will be sent. */
  end(): void;
}

export const silentReceipts: Receipts = { sent: () => {}, end: () => {} };

/** Up to so many records are told one by one; of more, a line for each partition says all. */
const toldMax = 10;

/** A partition's records. */
interface Tally {
  records: number;
  first: Sent;
  last: Sent;
}

/** `orders-0 offset=7` for each of a few records, on stdout; for many, `orders-0 offset=7..106 records=100` for each partition, on stderr. */
export class TextReceipts implements Receipts {
  readonly #outlet: Outlet;
  readonly #isImmediate: boolean;
  readonly #told: Sent[] = [];
  readonly #tallies = new Map<number, Tally>();
  #count = 0;

  /** @param options.isImmediate tells each record as soon as it is acknowledged: for somebody who types them */
  constructor(outlet: Outlet, options: { readonly isImmediate: boolean }) {
    this.#outlet = outlet;
    this.#isImmediate = options.isImmediate;
  }

  sent(sent: Sent, line: number): void {
    this.#count++;
    if (this.#isImmediate) return this.#outlet.write(`${placeOf(sent)}\n`);
    if (line <= toldMax) this.#told[line - 1] = sent;
    const tally = this.#tallies.get(sent.partition);
    if (tally === undefined) this.#tallies.set(sent.partition, { records: 1, first: sent, last: sent });
    else take(tally, sent);
  }

  end(): void {
    if (this.#isImmediate) return;
    // Holes: records that failed.
    if (this.#count <= toldMax) for (const sent of this.#told.filter(Boolean)) this.#outlet.write(`${placeOf(sent)}\n`);
    else for (const [, tally] of [...this.#tallies].sort(([a], [b]) => a - b)) console.error(summaryOf(tally));
  }
}

/** Every record's place, for programs. */
export class JsonReceipts implements Receipts {
  readonly #sequence: JsonSequence;

  constructor(outlet: Outlet, form: "json" | "jsonl") {
    this.#sequence = new JsonSequence(form, outlet);
  }

  sent({ topic, partition, offset, timestampMs }: Sent): void {
    this.#sequence.add({ topic, partition, offset: offset ?? null, timestamp: timestampMs });
  }

  end(): void {
    this.#sequence.end();
  }
}

/** Acknowledgements of one partition may come in another order than its offsets, where a batch is tried again. */
function take(tally: Tally, sent: Sent): void {
  tally.records++;
  if ((sent.offset ?? 0) < (tally.first.offset ?? 0)) tally.first = sent;
  if ((sent.offset ?? 0) > (tally.last.offset ?? 0)) tally.last = sent;
}

function placeOf({ topic, partition, offset }: Sent): string {
  return `${topic}-${partition}${offset === undefined ? "" : ` offset=${offset}`}`;
}

function summaryOf({ records, first, last }: Tally): string {
  const { topic, partition, offset } = first;
  return `${topic}-${partition}${offset === undefined ? "" : ` offset=${offset}..${last.offset}`} records=${records}`;
}
