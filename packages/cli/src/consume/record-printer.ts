import { JsonSequence } from "../output/json-sequence.ts";
import type { Outlet } from "../output/outlet.ts";
import { compileFormat } from "../records/record-format.ts";
import { type ReadRecord, toJsonRecord } from "../records/json-record.ts";

/** Puts records out, in the form that was asked for. */
export interface RecordPrinter {
  /** @param written called once the record is out */
  print(record: ReadRecord, written?: () => void): void;
  /** No more will come. */
  end(): void;
}

/** Records by a format. */
export function formatPrinter(outlet: Outlet, format: string): RecordPrinter {
  const printPieces = compileFormat(format);
  return {
    print(record, written) {
      printPieces(record, (piece) => outlet.write(piece));
      if (written !== undefined) outlet.write("", written);
    },
    end: () => {},
  };
}

/** Values as they are, with nothing between them. */
export function rawPrinter(outlet: Outlet): RecordPrinter {
  return { print: ({ value }, written) => outlet.write(value ?? "", written), end: () => {} };
}

/** Records with all that belongs to them. */
export function jsonPrinter(outlet: Outlet, form: "json" | "jsonl"): RecordPrinter {
  const sequence = new JsonSequence(form, outlet);
  return { print: (record, written) => sequence.add(toJsonRecord(record), written), end: () => sequence.end() };
}
