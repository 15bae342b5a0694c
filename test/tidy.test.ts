import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** Every file that belongs to the project: what git knows, or would. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));
const isText = (file: string) => /\.(ts|mjs|js|json|md|yaml|yml|proto|txt|sh|py|java|properties|xml)$/.test(file);
const isWritten = (file: string) => isText(file) && !file.includes("/generated/") && file !== "pnpm-lock.yaml";
const read = (file: string) => readFileSync(join(root, file), "utf8");

function run(tool: string, ...args: string[]): string {
  try {
    execFileSync(join(root, "node_modules/.bin", tool), args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}`;
  }
}

describe("the house is tidy", () => {
  test("the formatter has nothing to change (npm run format)", () => {
    expect(run("oxfmt", "--check", ".")).toBe("");
  });

  test("the linter has nothing to say", () => {
    expect(run("oxlint")).toBe("");
  });

  test("the types hold", () => {
    expect(run("tsc", "-p", "tsconfig.json")).toBe("");
  });

  test("nothing is left for later in a comment", () => {
    const marks = new RegExp(["FIX" + "ME", "TO" + "DO", "XX" + "X", "HA" + "CK"].map((mark) => `\\b${mark}\\b`).join("|"));
    expect(files.filter(isWritten).filter((file) => marks.test(read(file)))).toEqual([]);
  });

  test("the project names no path of a machine and no host of a registry", () => {
    const names = new RegExp(
      ["/ro" + "ot/", "/wo" + "rk/", "registry\\.npm" + "js", "repo\\.ma" + "ven", "repo1\\.ma" + "ven", "pypi\\.o" + "rg"].join("|"),
    );
    expect(files.filter(isWritten).filter((file) => names.test(read(file)))).toEqual([]);
  });

  test("every package has a README and says that it is licensed", () => {
    const packages = readdirSync(join(root, "packages"));
    expect(packages.filter((name) => !existsSync(join(root, "packages", name, "README.md")))).toEqual([]);
    expect(packages.filter((name) => !read(`packages/${name}/package.json`).includes('"license": "Apache-2.0"'))).toEqual([]);
  });

  test("every dependency that a package names is imported by it, and every import is named", () => {
    const faults = readdirSync(join(root, "packages")).flatMap(dependencyFaults);
    expect(faults).toEqual([]);
  });

  test("every source is used: imported, or named by a package, a script or a configuration", () => {
    const sources = files.filter(
      (file) => /\.(ts|mjs)$/.test(file) && !file.endsWith(".test.ts") && !file.endsWith(".d.ts") && !file.includes("/generated/"),
    );
    const text = files.filter((file) => isText(file) || file.endsWith("Dockerfile")).map((file) => ({ file, text: read(file) }));
    const unused = sources.filter((source) => !isCommand.test(source) && !isNamed(source, text));
    expect(unused).toEqual([]);
  });
});

/** What people start by hand, or a tool by itself: benchmarks, scripts, makers of fixtures, children of tests, configurations. */
const isCommand = /(^|\/)(bench|scripts)\/[^/]+$|\/fixtures\/make\.ts$|\/test\/processes\/[^/]+$|^vitest\.config\.ts$/;

/** A source is used where another file imports it, or mentions it by its path or its name. */
function isNamed(source: string, all: readonly { file: string; text: string }[]): boolean {
  const name = source.slice(source.lastIndexOf("/") + 1);
  return all.some(({ file, text }) => {
    if (file === source || !text.includes(name)) return false;
    if (!/\.(ts|mjs)$/.test(file)) return true;
    const imported = [...text.matchAll(/"((?:\.{1,2}|\/)[^"]*)"/g)].map(([, path]) => relative(root, resolve(root, dirname(file), path!)));
    return imported.includes(source) || text.includes(source) || text.includes(`"${name}"`) || text.includes(`/${name}`);
  });
}

function dependencyFaults(name: string): string[] {
  const {
    dependencies = {},
    devDependencies = {},
    optionalDependencies = {},
  } = JSON.parse(read(`packages/${name}/package.json`)) as Record<string, Record<string, string>>;
  // Recorded clients are installed where and when they are recorded.
  const own = files.filter(
    (file) => file.startsWith(`packages/${name}/`) && /\.(ts|mjs|js)$/.test(file) && !file.includes("/capture/clients/"),
  );
  const importedBy = (pattern: RegExp) =>
    new Set(
      own
        .filter((file) => pattern.test(file))
        .flatMap((file) =>
          [
            ...read(file).matchAll(
              /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|createRequire\(import\.meta\.url\)\()"((?:@[\w-]+\/)?[\w-]+)(?:\/[\w./-]*)?"/g,
            ),
          ].map(([, module]) => module!),
        )
        .filter(
          (module) => !module.startsWith("node:") && module !== "vitest" && module !== "fast-check" && module !== `@millrace/${name}`,
        ),
    );
  const inSources = importedBy(/\/src\//);
  const anywhere = importedBy(/./);
  const named = { ...dependencies, ...optionalDependencies };
  // What is published is bundled, and names what its bundle leaves outside.
  const isBundled = name === "cli" || name === "client";
  return [
    ...Object.keys(named)
      .filter((module) => !isBundled && !inSources.has(module))
      .map((module) => `${name} names ${module} and does not import it`),
    ...[...inSources]
      .filter((module) => !(module in named) && !(isBundled && module in devDependencies))
      .map((module) => `${name} imports ${module} and does not name it`),
    ...[...anywhere]
      .filter((module) => !(module in named) && !(module in devDependencies))
      .map((module) => `${name} imports ${module} in a test or script and does not name it`),
  ];
}
