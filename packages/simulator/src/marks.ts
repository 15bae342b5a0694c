/** How often each thing that a run should come across was come across: faults by kind, operations by answer, branches by name. */
export class Marks {
  readonly counts: Map<string, number> = new Map();

  hit(mark: string): void {
    this.counts.set(mark, (this.counts.get(mark) ?? 0) + 1);
  }

  /** Adds what another run counted. */
  add(other: Marks): void {
    for (const [mark, count] of other.counts) this.counts.set(mark, (this.counts.get(mark) ?? 0) + count);
  }

  /** Those of these marks that were never hit. */
  missing(wanted: readonly string[]): string[] {
    return wanted.filter((mark) => !this.counts.has(mark));
  }
}
