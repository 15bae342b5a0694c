/** One line of a plot. */
export interface Series {
  readonly name: string;
  /** Both above 0: what is not has no place on these axes and is left out. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface PlotText {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

/** From one decade to the next a line rises as fast as it goes: proportional cost is a diagonal, constant cost a level line. */
interface Axis {
  /** Powers of ten. */
  readonly from: number;
  readonly to: number;
  /** Where a value lies between the ends, from 0 to 1. */
  place(value: number): number;
}

const [width, height] = [640, 400];
const frame = { left: 72, right: 620, top: 44, bottom: 340 };
/** Told apart without colour vision too (Okabe and Ito). */
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"];

/** A plot with logarithmic axes, as SVG. */
export function plot(all: readonly Series[], { title, x, y }: PlotText): string {
  const series = all.map(({ name, points }) => ({ name, points: points.filter((point) => point.x > 0 && point.y > 0) }));
  const points = series.flatMap((each) => each.points);
  const [across, up] = [axisOf(points.map((point) => point.x)), axisOf(points.map((point) => point.y))];
  const place = (point: { x: number; y: number }): [number, number] => [
    frame.left + across.place(point.x) * (frame.right - frame.left),
    frame.bottom - up.place(point.y) * (frame.bottom - frame.top),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    text(frame.left, 24, title, 'font-size="15"'),
    text((frame.left + frame.right) / 2, height - 14, x, 'text-anchor="middle"'),
    text(0, 0, y, `text-anchor="middle" transform="translate(16 ${(frame.top + frame.bottom) / 2}) rotate(-90)"`),
    ...gridAcross(across, (value) => place({ x: value, y: 10 ** up.from })[0]),
    ...gridUp(up, (value) => place({ x: 10 ** across.from, y: value })[1]),
    ...series.flatMap((each, index) => lineOf(each, index, each.points.map(place))),
    "</svg>\n",
  ].join("\n");
}

function axisOf(values: readonly number[]): Axis {
  const from = Math.floor(Math.log10(Math.min(...values)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values))));
  return { from, to, place: (value) => (Math.log10(value) - from) / (to - from) };
}

function gridAcross(axis: Axis, place: (value: number) => number): string[] {
  return decades(axis).flatMap((value) => [
    `<path d="M${round(place(value))} ${frame.top}V${frame.bottom}" stroke="#ddd"/>`,
    text(place(value), frame.bottom + 18, value.toLocaleString("en"), 'text-anchor="middle"'),
  ]);
}

function gridUp(axis: Axis, place: (value: number) => number): string[] {
  return decades(axis).flatMap((value) => [
    `<path d="M${frame.left} ${round(place(value))}H${frame.right}" stroke="#ddd"/>`,
    text(frame.left - 8, place(value) + 4, value.toLocaleString("en", { maximumSignificantDigits: 1 }), 'text-anchor="end"'),
  ]);
}

function decades({ from, to }: Axis): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => Number(`1e${from + index}`));
}

function lineOf({ name }: Series, index: number, places: readonly (readonly [number, number])[]): string[] {
  const colour = colours[index % colours.length]!;
  const path = places.map(([x, y], at) => `${at === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
  return [
    `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...places.map(([x, y]) => `<circle cx="${round(x)}" cy="${round(y)}" r="3.5" fill="${colour}"/>`),
    text(frame.right - 8, frame.top + 18 + 18 * index, name, `text-anchor="end" fill="${colour}"`),
  ];
}

function text(x: number, y: number, content: string, attributes: string): string {
  const escaped = content.replace(/[&<]/g, (character) => (character === "&" ? "&amp;" : "&lt;"));
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
