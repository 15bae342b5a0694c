import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** What each package may import of the others: the table of the README, edge by edge. */
const layers: Record<string, readonly string[]> = {
  vocabulary: [],
  runtime: ["vocabulary"],
  records: ["vocabulary", "runtime"],
  protocol: ["vocabulary", "records"],
  contracts: ["vocabulary"],
  rpc: ["vocabulary", "runtime", "contracts"],
  storage: ["vocabulary", "runtime", "records"],
  raft: ["vocabulary", "runtime", "contracts"],
  metadata: ["vocabulary", "contracts"],
  security: ["vocabulary", "runtime", "metadata"],
  controller: ["vocabulary", "runtime", "contracts", "raft", "metadata", "rpc"],
  replication: ["vocabulary", "runtime", "records", "contracts", "storage", "metadata", "rpc"],
  coordinator: ["vocabulary", "runtime", "records", "storage", "protocol", "metadata", "replication"],
  broker: [
    "vocabulary",
    "runtime",
    "records",
    "protocol",
    "contracts",
    "rpc",
    "storage",
    "raft",
    "metadata",
    "security",
    "controller",
    "replication",
    "coordinator",
  ],
  server: [
    "vocabulary",
    "runtime",
    "records",
    "protocol",
    "contracts",
    "rpc",
    "storage",
    "raft",
    "metadata",
    "security",
    "controller",
    "replication",
    "coordinator",
    "broker",
  ],
  client: ["vocabulary", "runtime", "records", "contracts", "rpc"],
  testkit: ["server", "client", "runtime"],
  simulator: ["vocabulary", "runtime", "records", "protocol", "storage", "raft", "metadata", "broker", "server"],
  cli: ["vocabulary", "client", "server"],
};

const packages = readdirSync(join(root, "packages")).filter((name) => statSync(join(root, "packages", name)).isDirectory());

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every module that a source names, in imports of all kinds. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)"([^"]+)"/g)].map(([, name]) => name!);
}

test("every package stands in the table of layers", () => {
  expect(packages.filter((name) => !Object.hasOwn(layers, name))).toEqual([]);
});

test.each(packages)("%s imports only what its layer may", (name) => {
  const broken: string[] = [];
  for (const file of sources(join(root, "packages", name, "src"))) {
    for (const imported of importsOf(file)) {
      const [, target] = /^@millrace\/([a-z]+)/.exec(imported) ?? [];
      if (target !== undefined && !layers[name]!.includes(target)) broken.push(`${relative(root, file)} imports @millrace/${target}`);
      if (imported.startsWith("..") && !join(file, "..", imported).startsWith(join(root, "packages", name, "src")))
        broken.push(`${relative(root, file)} leaves its package: ${imported}`);
    }
  }
  expect(broken).toEqual([]);
});
