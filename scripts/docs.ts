// Writes the pages of docs/ that follow from the code: npm run docs. A test holds them against it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { brokerKeys, catalogue, type ConfigKey, type ErrorEntry, topicKeys, type TopicConfigKey } from "@millrace/vocabulary";

/** Every page that follows from the code, by its path from the root. */
export function pages(): Map<string, string> {
  return new Map([
    ["docs/errors.md", errorsPage()],
    ["docs/configuration.md", configurationPage()],
  ]);
}

function errorsPage(): string {
  const rows = Object.entries(catalogue).map(([code, entry]: [string, ErrorEntry]) => [
    `\`${code}\``,
    entry.wire === undefined ? "" : String(entry.wire),
    entry.retriable ? "yes" : "",
    entry.text,
  ]);
  return `# Errors

Every error has a code of this list. Its message starts with the code and ends with the facts: the value seen, the bound it broke, where it
happened. Kafka's clients see the number; those that have none reach them as the nearest that makes a client do the right thing. Retriable:
the same request may succeed later without a change.

${table(["code", "Kafka's number", "retriable", "meaning"], rows)}
`;
}

function configurationPage(): string {
  return `# Configuration

Kafka's names, wherever Kafka has one. A broker reads a properties file (\`--config\`), then the environment (\`KAFKA_\` or \`MILLRACE_\`, then the key
in capitals with \`.\` as \`_\`, \`_\` as \`__\` and \`-\` as \`___\`), then \`--set key=value\`; later ones win. What is unknown or not allowed is refused
with the key, the value, what is allowed and the nearest name. A live key is changed while brokers run, with \`kafka-configs\` or the SDK, for one
broker or for all.

## Brokers

${table(["key", "type", "default", "live", "what it is for"], Object.entries(brokerKeys).map(brokerRow))}

## Topics

Where a topic does not set a key, the broker's key beside it holds. All are live.

${table(["key", "type", "default", "broker's key", "what it is for"], Object.entries(topicKeys).map(topicRow))}
`;
}

function brokerRow([name, key]: [string, ConfigKey<any>]): string[] {
  return [`\`${name}\``, key.type.allowed, defaultOf(key), key.dynamic ? "yes" : "", key.doc];
}

function topicRow([name, key]: [string, TopicConfigKey<any>]): string[] {
  return [`\`${name}\``, key.type.allowed, defaultOf(key), key.synonyms.map((synonym) => `\`${synonym.key}\``).join(", "), key.doc];
}

function defaultOf({ type, default: preset }: ConfigKey<any>): string {
  return preset === undefined || type.print(preset) === "" ? "" : `\`${type.print(preset)}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

if (import.meta.main) for (const [path, text] of pages()) writeFileSync(join(import.meta.dirname, "..", path), text);
