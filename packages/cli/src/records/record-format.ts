import { misuse } from "../option-values.ts";
import type { ReadRecord } from "./json-record.ts";

/** Prints a record, piece by piece. */
export type RecordFormat = (record: ReadRecord, write: (piece: Uint8Array | string) => void) => void;

/** What stands for what: kcat's letters, and %v beside its %s. */
const tokens: Readonly<Record<string, (record: ReadRecord) => Uint8Array | string>> = {
  t: ({ topic }) => topic,
  p: ({ partition }) => String(partition),
  o: ({ offset }) => String(offset),
  T: ({ timestampMs }) => String(timestampMs),
  k: ({ key }) => key ?? "",
  v: ({ value }) => value ?? "",
  s: ({ value }) => value ?? "",
  K: ({ key }) => String(key?.length ?? -1),
  S: ({ value }) => String(value?.length ?? -1),
  h: ({ headers }) => headersText(headers),
};

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0", "\\": "\\" };

/** For the help of options that take a format. */
export const formatHelp = `Formats:
  %t topic   %p partition   %o offset   %T timestamp in ms   %h headers as key=value,...
  %k key     %v or %s value   %K bytes of the key, -1 for null   %S bytes of the value, -1 for null
  %% %       \\n \\t \\r \\0 \\\\ and \\xHH as usual`;

/** What is printed where no format is named. */
export const lineFormat = "%v\\n";

/** Makes a printer of a format. CONFIGURATION_INVALID for what means nothing in it. */
export function compileFormat(text: string): RecordFormat {
  const parts = [...text.matchAll(/%(.?)|\\x([0-9a-fA-F]{2})|\\(.?)|[^%\\]+/gsu)].map(partOf);
  return (record, write) => {
    for (const part of parts) write(typeof part === "function" ? part(record) : part);
  };
}

type Part = Uint8Array | ((record: ReadRecord) => Uint8Array | string);

function partOf([text, token, hex, escape]: RegExpExecArray): Part {
  if (token === "%") return Buffer.from("%");
  if (token !== undefined)
    return (
      tokens[token] ??
      refuse(
        `%${token}`,
        `${Object.keys(tokens)
          .map((name) => `%${name}`)
          .join(" ")} and %%`,
      )
    );
  if (hex !== undefined) return Buffer.from(hex, "hex");
  if (escape !== undefined) return Buffer.from(escapes[escape] ?? refuse(`\\${escape}`, "\\n \\t \\r \\0 \\\\ \\xHH"));
  return Buffer.from(text);
}

function refuse(part: string, allowed: string): never {
  throw misuse(`--format: ${part} means nothing; there are ${allowed}`);
}

function headersText(headers: ReadRecord["headers"]): string {
  return headers.map(({ key, value }) => `${key}=${value === null ? "" : Buffer.from(value).toString()}`).join(",");
}
