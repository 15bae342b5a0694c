import { strict as assert } from "node:assert";
import { type ErrorCode, MillraceError } from "@millrace/vocabulary";
import type { Clock } from "../ports/clock.ts";

/** Declares one claim and how it is proved: vitest's `test`, or whatever has its shape. */
export type Claim = (sentence: string, prove: () => Promise<void>) => void;

/**
 * Proves something in a world that is made for it, and takes the world down afterwards whether the proof held or not.
 * The simulated form drives virtual time until the proof has settled, and fails when nothing is left that could settle it.
 */
export type InWorld<World> = (prove: (world: World) => Promise<void>) => Promise<void>;

/** Fails unless the promise rejects with a MillraceError of this code; returns that error. */
export async function rejection(promise: Promise<unknown>, code: ErrorCode): Promise<MillraceError> {
  const error = await promise.then(
    () => assert.fail(`should have been rejected with ${code}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof MillraceError)) throw error;
  assert.equal(error.code, code, error.message);
  return error;
}

/** Resolves after `delayMs` of the world's time. */
export function elapse(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => void clock.timer(delayMs, resolve));
}

/** Resolves once the condition holds, asking every millisecond; for what no event tells. */
export async function until(clock: Clock, condition: () => boolean): Promise<void> {
  while (!condition()) await elapse(clock, 1);
}

/** Bytes that tell their place, so that a lost, doubled or moved one shows. */
export function numberedBytes(length: number, first = 0): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let index = 0; index < length; index++) bytes[index] = placeByte(first + index);
  return bytes;
}

/** The byte at a place; its period is 251 * 256 bytes, more than any chunk that could be swapped unnoticed by accident. */
function placeByte(place: number): number {
  return (place % 251) ^ (Math.floor(place / 251) & 0xff);
}

/** A promise and the function that fulfils it. */
export interface Gate<Value> {
  readonly opened: Promise<Value>;
  open(value: Value): void;
}

export function gate<Value = void>(): Gate<Value> {
  let open: (value: Value) => void = () => {};
  const opened = new Promise<Value>((resolve) => void (open = resolve));
  return { opened, open };
}
