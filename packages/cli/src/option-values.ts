import { InvalidArgumentError } from "commander";
import { MillraceError, secondMs } from "@millrace/vocabulary";
import { durationMs } from "./durations.ts";

/** For commander: gathers an option that may be given several times. */
export function gather(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** For commander: a whole number that is not below `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
    return value;
  };
}

/** For commander: gathers whole numbers. */
export function gatherNumbers(text: string, before: readonly number[] = []): number[] {
  return [...before, wholeNumber(0)(text)];
}

/** For commander: a time, in milliseconds; a number alone is seconds. */
export function duration(text: string): number {
  const ms = /^\d+$/.test(text) ? Number(text) * secondMs : durationMs(text);
  if (ms === undefined || ms < 1) throw new InvalidArgumentError("It must be a time such as 500ms, 30s, 5m or 2h.");
  return ms;
}

/** Reads `key=value` texts; the last one of a key wins. CONFIGURATION_INVALID names the option and every text that is none. */
export function keyValues(texts: readonly string[], option: string): Record<string, string> {
  const pairs = texts.map(keyValue);
  const wrong = texts.filter((_, index) => pairs[index] === undefined);
  if (wrong.length > 0) throw misuse(...wrong.map((text) => noKeyValue(text, option)));
  return Object.fromEntries(pairs.map((pair) => [pair!.key.trim(), pair!.value]));
}

/** Reads one `key=value`, as it is written. CONFIGURATION_INVALID names the option. */
export function oneKeyValue(text: string, option: string): KeyValue {
  const pair = keyValue(text);
  if (pair === undefined) throw misuse(noKeyValue(text, option));
  return pair;
}

interface KeyValue {
  readonly key: string;
  readonly value: string;
}

function keyValue(text: string): KeyValue | undefined {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  return key === undefined ? undefined : { key, value: value! };
}

function noKeyValue(text: string, option: string): string {
  return `${option}: must be key=value, not ${JSON.stringify(text)}`;
}

/** An error about how a command was called. */
export function misuse(...faults: string[]): MillraceError {
  return new MillraceError("CONFIGURATION_INVALID", { faults });
}
