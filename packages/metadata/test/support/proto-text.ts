import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A field as a .proto file declares it, its name as the decoded message spells it. */
export interface ProtoField {
  readonly name: string;
  readonly number: number;
  readonly type: string;
}

const path = join(import.meta.dirname, "../../../../proto/metadata.proto");

/** The messages of proto/metadata.proto by name. */
export function protoMessages(): ReadonlyMap<string, readonly ProtoField[]> {
  const text = readFileSync(path, "utf8").replace(/\/\/.*$/gm, "");
  const messages = new Map<string, ProtoField[]>();
  let fields: ProtoField[] = [];
  for (const line of text.split("\n")) {
    const [, message] = /^message (\w+)/.exec(line) ?? [];
    if (message !== undefined) messages.set(message, (fields = []));
    const [, type, name, number] = /^\s+(?:optional |repeated )?(\w+) (\w+) = (\d+);/.exec(line) ?? [];
    if (type !== undefined) fields.push({ name: camel(name!), number: Number(number), type });
  }
  return messages;
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
