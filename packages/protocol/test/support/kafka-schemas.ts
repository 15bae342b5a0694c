import { readFile } from "node:fs/promises";
import { strFromU8, unzipSync } from "fflate";
import { kafkaClients, kafkaGroupCoordinator } from "../../../../test/support/kafka-jars.ts";
import { fetchJar } from "../../../../test/support/maven.ts";

/** Kafka's own description of a message: `common/message/NAME.json` of a jar, as far as it is compared. */
export interface Schema {
  readonly apiKey?: number;
  readonly name: string;
  readonly validVersions: string;
  readonly flexibleVersions: string;
  readonly fields: readonly SchemaField[];
  readonly commonStructs?: readonly { readonly name: string; readonly fields: readonly SchemaField[] }[];
}

export interface SchemaField {
  readonly name: string;
  readonly type: string;
  readonly versions: string;
  readonly nullableVersions?: string;
  readonly taggedVersions?: string;
  readonly tag?: number;
  readonly default?: string | number | boolean;
  readonly ignorable?: boolean;
  readonly fields?: readonly SchemaField[];
}

/** Every schema of Kafka 4.4.0 that clients and group coordinators use, by name; undefined: there is no Maven, or no repository within its reach. */
export async function fetchSchemas(): Promise<ReadonlyMap<string, Schema> | undefined> {
  const jars = [await fetchJar(kafkaClients), await fetchJar(kafkaGroupCoordinator)];
  const schemas = new Map<string, Schema>();
  for (const jar of jars) {
    if (jar === undefined) return undefined;
    for (const schema of schemasOf(await readFile(jar))) schemas.set(schema.name, schema);
  }
  return schemas;
}

function schemasOf(jar: Uint8Array): Schema[] {
  const files = unzipSync(jar, { filter: ({ name }) => /^common\/message\/\w+\.json$/.test(name) });
  return Object.values(files).map((bytes) => JSON.parse(withoutComments(strFromU8(bytes))) as Schema);
}

/** The schemas hold lines that are comments, which JSON does not know. */
function withoutComments(text: string): string {
  return text.replace(/^\s*\/\/.*$/gm, "");
}
