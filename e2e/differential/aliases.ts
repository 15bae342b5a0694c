/**
 * Names for what each broker makes up by itself: ids of topics, members, producers, sessions. Equal values have equal names, and a value
 * that was not named before is called by its kind and a number, in the order of appearance: so two brokers that do the same come to the
 * same names.
 */
export class Aliases {
  readonly port: number;
  /** Outlives a scenario: topics that one has made are met by others. */
  readonly #known: Map<string, string>;
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /**
   * @param port the broker's own
   * @param known names given so far, to which `know` adds
   */
  constructor(port: number, known: Map<string, string>) {
    this.port = port;
    this.#known = known;
  }

  /** Gives a value its name. */
  know(value: string, name: string): void {
    this.#known.set(value, name);
  }

  nameOf(kind: string, value: string): string {
    const known = this.#known.get(value) ?? this.#names.get(value);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = `<${kind} ${count}>`;
    this.#names.set(value, name);
    return name;
  }
}
