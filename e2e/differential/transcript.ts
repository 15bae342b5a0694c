/** What a broker made of one request. */
export type Outcome =
  | {
      readonly kind: "answered";
      readonly value: object;
      /** Whether the bytes held what decoding does not show: they are not those that the decoded answer is written as. */
      readonly hidesBytes: boolean;
    }
  | { readonly kind: "closed" }
  /** The request behind it was answered instead, as it should be where `acks` is 0. */
  | { readonly kind: "unanswered" }
  /** Nothing came for a long time. */
  | { readonly kind: "silent" };

/** One request of a scenario, and what one of the brokers made of it. */
export interface Step {
  readonly api: string;
  readonly version: number;
  /** What is special about the request, in a few words: what the list of differences calls it by. */
  readonly situation: string;
  readonly request: unknown;
  readonly outcome: Outcome;
}
