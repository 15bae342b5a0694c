import type { ChaosReport } from "./chaos.ts";
import { acknowledgedPer } from "./gaps.ts";

/** Of the drawing, in units of its own. */
const width = 1000;
const labelWidth = 110;
const laneHeight = 14;
const curveHeight = 120;
const stretches = 300;

/** A drawing of a run: what went wrong, what was acknowledged meanwhile, and the partitions in which nothing was. */
export function timeline({ operations, episodes, gaps, options }: ChaosReport): string {
  const endMs = operations.reduce((end, { toMs }) => Math.max(end, toMs), 1);
  const x = (ms: number) => labelWidth + (ms / endMs) * (width - labelWidth);
  const names = [...new Set(episodes.map(({ name }) => name))].sort();
  const silent = Array.from({ length: options.partitions }, (_, partition) => partition).filter((partition) =>
    gaps.some((gap) => gap.partition === partition),
  );
  const faultsTop = 0;
  const curveTop = faultsTop + names.length * laneHeight + 10;
  const gapsTop = curveTop + curveHeight + 10;
  const axisTop = gapsTop + silent.length * laneHeight + 10;
  const parts = [
    ...names.map((name, index) => label(name, faultsTop + index * laneHeight)),
    ...episodes.map(({ name, says, fromMs, toMs }) =>
      bar(x(fromMs), x(toMs), faultsTop + names.indexOf(name) * laneHeight, "#c8553d", `${name}: ${says}`),
    ),
    label("acknowledged", curveTop),
    curve(acknowledgedPer(endMs / stretches, operations), curveTop),
    ...silent.map((partition, index) => label(`no ack in ${partition}`, gapsTop + index * laneHeight)),
    ...gaps.map(({ partition, fromMs, toMs }) =>
      bar(x(fromMs), x(toMs), gapsTop + silent.indexOf(partition) * laneHeight, "#6b7a99", `${Math.round(toMs - fromMs)} ms`),
    ),
    ...seconds(endMs).map((second) => `<text x="${x(second * 1000)}" y="${axisTop + 10}" text-anchor="middle">${second} s</text>`),
  ];
  return `<svg viewBox="0 0 ${width + 20} ${axisTop + 16}" font-size="10" font-family="system-ui,sans-serif">${parts.join("\n")}</svg>`;
}

function label(text: string, top: number): string {
  return `<text x="0" y="${top + 10}">${text}</text>`;
}

function bar(from: number, to: number, top: number, colour: string, title: string): string {
  const long = Math.max(to - from, 1).toFixed(1);
  return `<rect x="${from.toFixed(1)}" y="${top}" width="${long}" height="${laneHeight - 4}" fill="${colour}"><title>${title}</title></rect>`;
}

/** What was acknowledged in each stretch of time, as an area whose top is the most. */
function curve(counts: readonly number[], top: number): string {
  const most = Math.max(1, ...counts);
  const step = (width - labelWidth) / stretches;
  const points = counts.map((count, index) => {
    const y = top + curveHeight * (1 - count / most);
    return `${(labelWidth + index * step).toFixed(1)},${y.toFixed(1)} ${(labelWidth + (index + 1) * step).toFixed(1)},${y.toFixed(1)}`;
  });
  const floor = top + curveHeight;
  const end = (labelWidth + counts.length * step).toFixed(1);
  return `<polygon points="${labelWidth},${floor} ${points.join(" ")} ${end},${floor}" fill="#9cc5a1"/>`;
}

/** Round times, ten or fewer. */
function seconds(endMs: number): number[] {
  const step = stepsOfSeconds.find((each) => each * 10_000 >= endMs) ?? stepsOfSeconds.at(-1)!;
  return Array.from({ length: Math.floor(endMs / 1000 / step) + 1 }, (_, index) => index * step);
}

const stepsOfSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];
