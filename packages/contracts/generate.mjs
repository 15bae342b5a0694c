// Compiles proto/*.proto to src/generated: `node packages/contracts/generate.mjs [directory]`.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { moduleOf } from "./generator/module.mjs";

const protoDirectory = join(import.meta.dirname, "../../proto");
const target = process.argv[2] ?? join(import.meta.dirname, "src/generated");

mkdirSync(target, { recursive: true });
for (const file of readdirSync(protoDirectory).filter((name) => name.endsWith(".proto"))) {
  const name = file.slice(0, -".proto".length);
  const { code, declarations } = await moduleOf(join(protoDirectory, file), name);
  writeFileSync(join(target, `${name}.js`), code);
  writeFileSync(join(target, `${name}.d.ts`), declarations);
}
