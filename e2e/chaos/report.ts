import { anomalyKinds, printAnomaly } from "./checker/anomalies.ts";
import type { ChaosReport } from "./chaos.ts";
import { gapMsMin, outageOf } from "./gaps.ts";
import { timeline } from "./timeline.ts";

/** A report of one run for people: one file of HTML that needs nothing else. */
export function htmlReport(report: ChaosReport, command: string): string {
  const { verdict, complaints } = report;
  const isSound = verdict.counts.size === 0 && complaints.length === 0;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Chaos, seed ${report.options.seed}</title>
<style>${style}</style>
<h1 class="${isSound ? "sound" : "bad"}">${isSound ? "No anomaly" : "Anomalies"}: seed ${report.options.seed}</h1>
<p><code>${escaped(command)}</code></p>
${facts(report)}
<h2>What happened</h2>
${timeline(report)}
${episodeTable(report)}
<h2>Anomalies</h2>
${anomalyTable(report)}
${complaints.length === 0 ? "" : `<h2>Complaints</h2><ul>${complaints.map((text) => `<li>${escaped(text)}</li>`).join("")}</ul>`}
</html>
`;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:72em;margin:2em auto;padding:0 1em;color:#222}
h1.sound{color:#17693b}h1.bad{color:#a11}table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .8em;text-align:left;border-bottom:1px solid #ddd}
td.number{text-align:right;font-variant-numeric:tabular-nums}tr.bad{background:#fbe6e6}code{background:#f3f3f3;padding:.1em .3em}`;

function facts({ options, clients, operations, verdict, gaps }: ChaosReport): string {
  const longestMs = gaps.reduce((longest, { fromMs, toMs }) => Math.max(longest, toMs - fromMs), 0);
  return table(
    ["", ""],
    [
      ["brokers", options.brokers],
      ["partitions, and replicas of each", `${options.partitions}, ${options.replicationFactor}`],
      ["clients", clients.join(", ")],
      ["operations", operations.length],
      ["values acknowledged", verdict.sent.ok],
      ["values of which no client knows whether they were written (of Kafka's producer: in every partition)", verdict.sent.info],
      ["records that consumers got", verdict.polled],
      ["longest time without an acknowledgement in a partition, ms", Math.round(longestMs)],
    ],
  );
}

function episodeTable({ episodes, gaps }: ChaosReport): string {
  const rows = episodes.map((episode) => {
    const { longestMs, afterMs } = outageOf(episode, gaps);
    return [episode.name, episode.says, seconds(episode.fromMs), seconds(episode.toMs), Math.round(longestMs), Math.round(afterMs)];
  });
  return `${table(["fault", "meets", "from, s", "until, s", "longest gap, ms", "of it after the fault, ms"], rows)}
<p>A gap is a time of ${gapMsMin} ms or more without an acknowledgement in a partition. While a majority of the brokers is away, or their
disks are full, nothing can be acknowledged; what counts then is how long it takes after the fault.</p>`;
}

function anomalyTable({ verdict: { counts, examples } }: ChaosReport): string {
  const rows = Object.entries(anomalyKinds).map(([kind, meaning]) => {
    const count = counts.get(kind as keyof typeof anomalyKinds) ?? 0;
    const shown = examples.filter((example) => example.kind === kind).map(printAnomaly);
    return `<tr${count > 0 ? ' class="bad"' : ""}>${cells([kind, meaning, count, shown.join("; ")])}</tr>`;
  });
  return `<table><tr><th>name</th><th>means</th><th>found</th><th>for example</th></tr>${rows.join("\n")}</table>`;
}

function table(titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const head = titles.some((title) => title !== "") ? `<tr>${titles.map((title) => `<th>${escaped(title)}</th>`).join("")}</tr>` : "";
  return `<table>${head}${rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n")}</table>`;
}

function cells(row: readonly (string | number)[]): string {
  return row.map((cell) => `<td${typeof cell === "number" ? ' class="number"' : ""}>${escaped(String(cell))}</td>`).join("");
}

function seconds(ms: number): number {
  return Number((ms / 1000).toFixed(1));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
