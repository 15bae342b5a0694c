import { assert, type Uuid } from "@millrace/vocabulary";
import type { RandomStream } from "../ports/random.ts";
import { uuidFrom } from "../uuid.ts";
import type { Span } from "./faults.ts";

const million = 1_000_000;

/**
 * One stream of chance, which follows from the seed and its name alone. Whole numbers only, so that it is the same on every
 * machine. The generator is sfc32: 128 bits of state, none of which the name leaves at rest.
 */
export class Chance implements RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, name: string) {
    const text = `${seed}/${name}`;
    this.#a = hash(text, 0x9e37_79b9);
    this.#b = hash(text, 0x85eb_ca6b);
    this.#c = hash(text, 0xc2b2_ae35);
    for (let round = 0; round < 12; round++) this.#next();
  }

  below(bound: number): number {
    assert(bound >= 1 && bound <= 2 ** 32, "a bound lies in [1, 2^32]", { bound });
    const fairEnd = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const drawn = this.#next();
      if (drawn < fairEnd) return drawn % bound;
    }
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let index = 0; index < length; index++) bytes[index] = this.#next() & 0xff;
    return bytes;
  }

  uuid(): Uuid {
    return uuidFrom((length) => this.bytes(length));
  }

  /** A whole number of the span, each equally likely. */
  within([first, last]: Span): number {
    return first === last ? first : first + this.below(last - first + 1);
  }

  /** True in `partsPerMillion` of all cases. Draws nothing where the case is certain, so that a fault left out costs no draw. */
  hits(partsPerMillion: number): boolean {
    if (partsPerMillion <= 0) return false;
    return partsPerMillion >= million || this.below(million) < partsPerMillion;
  }

  /** One of the choices, each equally likely. There is at least one. */
  pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.below(choices.length)]!;
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** FNV-1a from a basis of its own, then mixed so that names that differ little give states that differ much. */
function hash(text: string, basis: number): number {
  let value = basis | 0;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x0100_0193);
  value = Math.imul(value ^ (value >>> 16), 0x21f0_aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a_2d97);
  return value ^ (value >>> 15);
}
