import { catalogue, type ErrorCode, wireOf } from "./catalogue.ts";

/** Values that belong to an error: the one seen, the bound it broke, where it happened. */
export type Facts = Readonly<Record<string, unknown>>;

/**
 * The most characters of a message: facts may quote what a client sent, and 32,767 bytes are the most that Kafka's protocol has for a
 * text. A character takes up to 3.
 */
const messageLengthMax = 8_192;

/** What the world did wrong. Its message starts with the code and ends with the facts, cut short where they are very long. */
export class MillraceError extends Error {
  override readonly name = "MillraceError";
  readonly code: ErrorCode;
  readonly facts: Facts;

  constructor(code: ErrorCode, facts: Facts = {}, options?: { cause?: unknown }) {
    super(messageOf(code, facts), options);
    this.code = code;
    this.facts = facts;
  }

  /** Whether the same request may succeed later without a change. */
  get retriable(): boolean {
    return catalogue[this.code].retriable;
  }

  /** Kafka's number. */
  get wire(): number {
    return wireOf(this.code);
  }
}

/** The code of whatever was thrown; UNKNOWN_SERVER_ERROR for what is no MillraceError. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof MillraceError ? error.code : "UNKNOWN_SERVER_ERROR";
}

function messageOf(code: ErrorCode, facts: Facts): string {
  const words = Object.entries(facts).map(([name, value]) => `${name}=${wordOf(value)}`);
  const head = `${code}: ${catalogue[code].text}`;
  const message = words.length === 0 ? head : `${head} (${words.join(" ")})`;
  return message.length <= messageLengthMax ? message : `${message.slice(0, messageLengthMax - 1)}…`;
}

function wordOf(value: unknown): string {
  return typeof value === "string" && /^[^\s()"]+$/.test(value) ? value : (JSON.stringify(value) ?? String(value));
}
