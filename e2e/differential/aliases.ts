/**
 * Names for what each broker makes up by itself: ids of topics, members, producers, sessions. Equal values have equal names, and a value
 * that was not named before is called by its kind and a number, in the order of appearance: so two brokers that do the same come to the
 * same names.
 */
export class Aliases {
  readonly port: number;
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** @param port the broker's own */
  constructor(port: number) {
    this.port = port;
  }

  /** Gives a value its name. */
  know(value: string | number, name: string): void {
    this.#names.set(String(value), name);
  }

  nameOf(kind: string, value: string | number): string {
    const known = this.#names.get(String(value));
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = `<${kind} ${count}>`;
    this.know(value, name);
    return name;
  }
}
