import { type Command, Option } from "commander";
import { print } from "./outlet.ts";
import { type Column, renderTable } from "./table.ts";

/** How a command prints what it found: for people, or for programs. */
export type OutputForm = "table" | "json" | "jsonl";

export interface OutputFlags {
  readonly output: OutputForm;
}

/** Adds `-o` to a command that reports. */
export function addOutputOption(command: Command): Command {
  return command.addOption(
    new Option("-o, --output <form>", "a table; whole JSON; or an object a line").choices(["table", "json", "jsonl"]).default("table"),
  );
}

/**
 * Prints rows: as a table, or `empty` on stderr (undefined: nothing) where there are none; as one JSON array; or as a JSON object a line. Programs get every
 * field of a row, null where it is not known.
 */
export async function printRows<Row>(
  form: OutputForm,
  rows: readonly Row[],
  { columns, empty }: { readonly columns: readonly Column<Row>[]; readonly empty: string | undefined },
): Promise<void> {
  if (form !== "table") return print(form === "json" ? json(rows) : rows.map(jsonLine).join(""));
  if (rows.length > 0) await print(renderTable(rows, columns));
  else if (empty !== undefined) console.error(empty);
}

/** Prints one thing: as `text` says, or as a JSON object. */
export function printOne<Thing>(form: OutputForm, thing: Thing, text: (thing: Thing) => string): Promise<void> {
  if (form === "table") return print(text(thing));
  return print(form === "json" ? json(thing) : jsonLine(thing));
}

/** Prints several things: as `text` says; as one JSON array; or as a JSON object a line. */
export function printEach<Thing>(form: OutputForm, things: readonly Thing[], text: (thing: Thing, index: number) => string): Promise<void> {
  if (form === "table") return print(things.map(text).join(""));
  return print(form === "json" ? json(things) : things.map(jsonLine).join(""));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, knownOrNull, 2)}\n`;
}

function jsonLine(value: unknown): string {
  return `${JSON.stringify(value, knownOrNull)}\n`;
}

/** A field that is not known stands there all the same. */
function knownOrNull(_: string, value: unknown): unknown {
  return value === undefined ? null : value;
}
