import type { Dice } from "./dice.ts";
import { mutations } from "./mutations.ts";
import type { FuzzRequest, RequestMaker } from "./requests.ts";

/** What one connection sends. */
export interface FuzzInput {
  /** What is wrong with it, in words. */
  readonly kind: string;
  /** The last request, before it was spoilt. */
  readonly last: FuzzRequest;
  /** Everything, in the pieces in which it is sent. */
  readonly pieces: readonly Buffer[];
}

/** Sound requests that stand before the last one, at most. */
const pipelinedMax = 6;
/** Beyond, a split at every byte takes longer than it is worth. */
const splitBytesMax = 600;

/** Makes what one connection sends: sound requests in a row, then one that is mostly spoilt, whole or in pieces. */
export function makeInput(dice: Dice, requests: RequestMaker): FuzzInput {
  const before = Array.from({ length: dice.once(4) ? 1 + dice.below(pipelinedMax) : 0 }, () => requests.make().frame);
  const last = requests.make();
  const kind = dice.once(5) ? "a sound request" : dice.oneOf(Object.keys(mutations) as (keyof typeof mutations)[]);
  const bytes = kind === "a sound request" ? last.frame : mutations[kind](Buffer.from(last.frame), dice, last);
  return { kind, last, pieces: split(Buffer.concat([...before, bytes]), dice) };
}

function split(bytes: Buffer, dice: Dice): Buffer[] {
  if (dice.once(20) && bytes.length <= splitBytesMax) return Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1));
  if (!dice.once(3)) return [bytes];
  const at = dice.below(bytes.length + 1);
  return [bytes.subarray(0, at), bytes.subarray(at)];
}
