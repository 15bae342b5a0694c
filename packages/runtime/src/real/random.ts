import { randomBytes, randomInt } from "node:crypto";
import type { Random, RandomStream } from "../ports/random.ts";
import { uuidFrom } from "../uuid.ts";

const stream: RandomStream = {
  below: (bound) => randomInt(bound),
  bytes: (length) => randomBytes(length),
  uuid: () => uuidFrom(randomBytes),
};

/** The operating system's randomness: fit for ids, nonces and salts. Every stream is the same, since none repeats. */
export const realRandom: Random = { stream: () => stream };
