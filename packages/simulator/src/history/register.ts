import { holds, type Property } from "../violation.ts";
import { anything, type RegisterOperation, unexplained } from "./linearizability.ts";

/** Operations after which a history is judged, and begun anew where nothing is open: one that grows for ever is judged ever slower. */
const judgedAfter = 200;

/** One value that clients write and read, and all that they were answered. Each write has a value of its own. */
export class Register {
  readonly #name: string;
  readonly #property: Property;
  #operations: { -readonly [Key in keyof RegisterOperation]: RegisterOperation[Key] }[] = [];
  #initial: string | undefined | typeof anything;
  #moments = 0;
  #losses = 0;

  constructor(name: string, property: Property, initial: string | undefined | typeof anything) {
    this.#name = name;
    this.#property = property;
    this.#initial = initial;
  }

  /** Begins a write; the function returned tells that it was acknowledged. */
  write(value: string): () => void {
    return this.#begin("write", value);
  }

  /** Begins a read; the function returned tells what was read. */
  read(): (value: string | undefined) => void {
    return this.#begin("read", undefined);
  }

  /** Its newest writes may be lost: what is read next is taken as it is. */
  forget(): void {
    this.#operations = [];
    this.#initial = anything;
    this.#losses++;
  }

  /** Throws where no order of the operations explains what was answered. */
  judge(): void {
    const operation = unexplained(this.#operations, this.#initial);
    holds(operation === undefined, this.#property, { register: this.#name, unexplained: operation });
  }

  #begin(kind: RegisterOperation["kind"], value: string | undefined): (value?: string) => void {
    const operation = { kind, value, invoked: this.#moments++, returned: Infinity };
    const losses = this.#losses;
    this.#operations.push(operation);
    return (read) => {
      // The answer is about what was lost since.
      if (losses !== this.#losses) return;
      if (kind === "read") operation.value = read;
      operation.returned = this.#moments++;
      if (this.#operations.length >= judgedAfter) this.#judgeAndShorten();
    };
  }

  #judgeAndShorten(): void {
    if (this.#operations.some(({ returned }) => returned === Infinity)) {
      if (this.#operations.length % judgedAfter === 0) this.judge();
      return;
    }
    this.judge();
    this.#operations = [];
    this.#initial = anything;
  }
}
