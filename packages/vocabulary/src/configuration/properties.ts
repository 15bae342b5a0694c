import { MillraceError } from "../errors/millrace-error.ts";
import type { Written } from "./parse.ts";

/**
 * The settings in a Java properties file: `key=value`, `key: value`, comments from `#` or `!`, lines continued by `\`
 * (comments are not). CONFIGURATION_INVALID where a line has no key.
 *
 * @param file name of the file, for messages
 */
export function readProperties(text: string, file: string): Written[] {
  const settings: Written[] = [];
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const origin = `${file}:${index + 1}`;
    let line = lines[index]!.trimStart();
    if (line === "" || line.startsWith("#") || line.startsWith("!")) continue;
    while (/(^|[^\\])(\\\\)*\\$/.test(line) && index + 1 < lines.length) line = line.slice(0, -1) + lines[++index]!.trimStart();
    const [, key, value] = /^((?:\\.|[^\\=:\s])+)\s*[=:\s]?\s*(.*)$/.exec(line) ?? [];
    if (key === undefined)
      throw new MillraceError("CONFIGURATION_INVALID", { faults: [`not a setting: ${JSON.stringify(line)} (${origin})`] });
    settings.push({ key: unescape(key), value: unescape(value!), origin });
  }
  return settings;
}

function unescape(text: string): string {
  const named: Record<string, string> = { t: "\t", n: "\n", r: "\r", f: "\f" };
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) =>
    code.length === 5 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (named[code] ?? code),
  );
}
