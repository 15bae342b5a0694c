import { type ClusterKind, Marks, requiredMarks, type Verdict } from "../index.ts";

/** From so many seeds of a kind of cluster on, each kind of fault must have fired, and each branch been met. */
const coverageSeeds = 200;
const hourMs = 3_600_000;

/** What many runs came to. */
export class Tally {
  readonly #seeds: Record<ClusterKind, number> = { broker: 0, quorum: 0, controllers: 0, replicas: 0 };
  readonly #marks: Record<ClusterKind, Marks> = {
    broker: new Marks(),
    quorum: new Marks(),
    controllers: new Marks(),
    replicas: new Marks(),
  };
  #failing = 0;
  #events = 0;
  #virtualMs = 0;

  add({ cluster, failure, events, virtualMs, marks }: Verdict): void {
    this.#seeds[cluster]++;
    if (failure !== undefined) this.#failing++;
    this.#events += events;
    this.#virtualMs += virtualMs;
    this.#marks[cluster].add(marks);
  }

  get failing(): number {
    return this.#failing;
  }

  /** The marks of every kind of cluster of which there were runs. */
  get marks(): readonly (readonly [ClusterKind, Marks])[] {
    return this.#clusters.filter((cluster) => this.#seeds[cluster] > 0).map((cluster) => [cluster, this.#marks[cluster]]);
  }

  /** What should have come about, and did not. */
  get missing(): string[] {
    return this.#clusters
      .filter((cluster) => this.#seeds[cluster] >= coverageSeeds)
      .flatMap((cluster) => this.#marks[cluster].missing(requiredMarks[cluster]).map((mark) => `${cluster}: ${mark}`));
  }

  /** One line. */
  summary(elapsedMs: number): string {
    const kinds = this.#clusters.map((cluster) => `${this.#seeds[cluster]} ${cluster}`).join(", ");
    const seeds = this.#clusters.reduce((sum, cluster) => sum + this.#seeds[cluster], 0);
    const perSecond = Math.round(this.#events / (elapsedMs / 1_000));
    const hours = (this.#virtualMs / hourMs).toFixed(1);
    return `${seeds} seeds (${kinds}), ${this.#failing} failing, ${hours} cluster-hours, ${perSecond} events/s`;
  }

  get #clusters(): ClusterKind[] {
    return Object.keys(this.#seeds) as ClusterKind[];
  }
}
