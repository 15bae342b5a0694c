import type { Clock } from "@millrace/runtime";

/** Upper bounds of the latency histogram, in milliseconds. */
export const latencyBoundsMs = [0.25, 0.5, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000] as const;

/** What was counted of one kind of request at one door. */
export interface RequestCounts {
  readonly door: string;
  readonly name: string;
  count: number;
  failed: number;
  requestBytes: number;
  responseBytes: number;
  sumMs: number;
  /** By bound; what took longer than all of them is in `count` alone. */
  readonly withinBound: number[];
}

/** Counts requests as they end: plain numbers, turned into metrics only when somebody asks for them. */
export class RequestMeter {
  readonly #clock: Clock;
  readonly #counts = new Map<string, RequestCounts>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  all(): Iterable<RequestCounts> {
    return this.#counts.values();
  }

  /** Begins to measure one request; the function returned ends it. */
  begin(door: string, name: string, requestBytes: number): (outcome: { failed: boolean; responseBytes: number }) => void {
    const counts = this.#countsOf(door, name);
    const startMs = this.#clock.monotonicMs();
    return ({ failed, responseBytes }) => {
      const tookMs = this.#clock.monotonicMs() - startMs;
      counts.count++;
      if (failed) counts.failed++;
      counts.requestBytes += requestBytes;
      counts.responseBytes += responseBytes;
      counts.sumMs += tookMs;
      const bound = latencyBoundsMs.findIndex((boundMs) => tookMs <= boundMs);
      if (bound >= 0) counts.withinBound[bound]!++;
    };
  }

  #countsOf(door: string, name: string): RequestCounts {
    const key = `${door}/${name}`;
    let counts = this.#counts.get(key);
    if (counts === undefined) {
      counts = { door, name, count: 0, failed: 0, requestBytes: 0, responseBytes: 0, sumMs: 0, withinBound: latencyBoundsMs.map(() => 0) };
      this.#counts.set(key, counts);
    }
    return counts;
  }
}
