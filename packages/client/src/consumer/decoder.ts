import type { MillraceError } from "@millrace/vocabulary";
import { events } from "../events.ts";
import type { RawRecord } from "../topic.ts";
import type { DeadLetters } from "./dead-letters.ts";
import { type AnyReceived, decodeItem, placeOf, rawRecord } from "./decoding.ts";
import type { UndecodablePolicy } from "./options.ts";
import type { Item } from "./source.ts";

/** A record as an application gets it. */
export type AnyRecord = AnyReceived | RawRecord<string>;

/** Decodes records, and deals with those that cannot be. */
export class Decoder {
  readonly #policy: UndecodablePolicy;
  readonly #deadLetters: DeadLetters;

  constructor(policy: UndecodablePolicy, deadLetters: DeadLetters) {
    this.#policy = policy;
    this.#deadLetters = deadLetters;
  }

  /** Undefined: the record could not be decoded, and counts as done. Rejects where that is to stop the consumer. */
  async decode(item: Item): Promise<AnyRecord | undefined> {
    try {
      return await decodeItem(item);
    } catch (error) {
      return this.#undecodable(item, error as MillraceError);
    }
  }

  async #undecodable(item: Item, error: MillraceError): Promise<AnyRecord | undefined> {
    if (events.undecodable.hasSubscribers) events.undecodable.publish({ ...placeOf(item), error });
    if (this.#policy === "fail") throw error;
    if (this.#policy === "raw") return rawRecord(item, error);
    if (this.#policy !== "skip") await this.#deadLetters.send(this.#policy.deadLetter, item, error);
    return undefined;
  }
}
