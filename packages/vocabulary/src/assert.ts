/** A rule of the program itself is broken: only a bug can cause it. Whoever catches one stops the partition or the process. */
export class AssertionBroken extends Error {
  override readonly name = "AssertionBroken";
  /** The values that broke the rule. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(rule: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(`broken: ${rule} ${JSON.stringify(facts)}`);
    this.facts = facts;
  }
}

/** Throws AssertionBroken unless `holds`. `rule` says what must be true, as a sentence. Stays on in production. */
export function assert(holds: boolean, rule: string, facts?: Readonly<Record<string, unknown>>): asserts holds {
  if (!holds) throw new AssertionBroken(rule, facts);
}
