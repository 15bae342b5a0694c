/** Labels of one sample; the order is kept. */
export type Labels = Readonly<Record<string, string | number>>;

/** One value of a metric. */
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
  /** `_bucket`, `_sum` or `_count` of a histogram. */
  readonly suffix?: string;
}

/** One metric with all its samples. */
export interface Metric {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly samples: Iterable<Sample>;
}

/** Lines that are written in one turn: some 2 ms of work. */
const linesPerTurn = 2_000;

/** Prometheus' name for the text format. */
export const expositionType = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Writes metrics in Prometheus' text format, yielding the loop between stretches, since 10,000 partitions make some
 * 100,000 lines.
 */
export async function expose(metrics: Iterable<Metric>, nextTurn: () => Promise<void>): Promise<string> {
  const stretches: string[] = [];
  let lines: string[] = [];
  for (const { name, type, help, samples } of metrics) {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    for (const { labels = {}, value, suffix = "" } of samples) {
      lines.push(`${name}${suffix}${printLabels(labels)} ${printValue(value)}`);
      if (lines.length < linesPerTurn) continue;
      stretches.push(lines.join("\n"));
      lines = [];
      await nextTurn();
    }
  }
  stretches.push(lines.join("\n"), "");
  return stretches.join("\n");
}

function printLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(String(value))}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escape(text: string): string {
  return text.replace(/[\\"\n]/g, (character) => (character === "\n" ? "\\n" : `\\${character}`));
}

function printValue(value: number): string {
  if (value === Infinity) return "+Inf";
  return Number.isNaN(value) ? "NaN" : String(value);
}
