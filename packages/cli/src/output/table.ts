import { columnsOfStdout, printable, toned, type Tone, widthOf } from "./terminal.ts";

/** What a cell shows; undefined and null show as `-`, arrays divided by commas. */
export type Cell = string | number | boolean | null | undefined | readonly (string | number)[];

/** A column of a table of such rows. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Cell;
  /** Numbers stand to the right. Default: left. */
  readonly align?: "right";
  /** Left out where the table would be too wide with it. Default: no. */
  readonly isDispensable?: true;
  /** Default: none. */
  readonly tone?: (row: Row) => Tone | undefined;
}

const gap = "  ";
/** A column is not cut below this. */
const widthMin = 8;

/**
 * Lines of a table, each with its line break. Where it is wider than `widthMax`, columns that may go are left out from the right, then
 * the widest ones are cut; default: the width of the terminal, or no limit.
 */
export function renderTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], widthMax: number = columnsOfStdout()): string {
  const texts = rows.map((row) => columns.map(({ cell }) => textOf(cell(row))));
  const widths = columns.map(({ title }, index) => texts.reduce((most, cells) => Math.max(most, widthOf(cells[index]!)), widthOf(title)));
  const dispensable = columns.findLastIndex((column) => column.isDispensable);
  if (dispensable >= 0 && totalOf(widths) > widthMax) return renderTable(rows, columns.toSpliced(dispensable, 1), widthMax);
  return renderLines(rows, columns, texts, cutTo(widthMax, widths));
}

function renderLines<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  texts: readonly (readonly string[])[],
  widths: readonly number[],
): string {
  const line = (cells: readonly string[], tones: readonly (Tone | undefined)[]): string =>
    cells
      .map((text, index) => padded(text, widths[index]!, columns[index]!.align, index === cells.length - 1, tones[index]))
      .join(gap)
      .trimEnd();
  const head = line(
    columns.map(({ title }) => title),
    columns.map(() => "strong"),
  );
  const body = rows.map((row, index) =>
    line(
      texts[index]!,
      columns.map(({ tone }) => tone?.(row)),
    ),
  );
  return [head, ...body].map((each) => `${each}\n`).join("");
}

function textOf(cell: Cell): string {
  if (cell === null || cell === undefined || cell === "") return "-";
  return printable(Array.isArray(cell) ? cell.join(",") || "-" : String(cell));
}

/** Widths that fit, by cutting the widest column until they do, or none can be cut any more. */
function cutTo(widthMax: number, widths: readonly number[]): number[] {
  const cut = [...widths];
  while (totalOf(cut) > widthMax && Math.max(...cut) > widthMin) {
    const widest = cut.indexOf(Math.max(...cut));
    cut[widest]!--;
  }
  return cut;
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
}

function padded(text: string, width: number, align: "right" | undefined, isLast: boolean, tone: Tone | undefined): string {
  const shown = widthOf(text) > width ? `${[...text].slice(0, width - 1).join("")}…` : text;
  const padding = " ".repeat(width - widthOf(shown));
  const coloured = tone === undefined ? shown : toned(tone, shown);
  if (align === "right") return padding + coloured;
  return isLast ? coloured : coloured + padding;
}
