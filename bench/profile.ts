/** Reads processor profiles, as --profile writes them, and says where the time went: by package, and by function. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { option, positionalCommand, runCommandLine, wholeNumber } from "./support/options.ts";
import { originOf } from "./support/origins.ts";

/** What V8 writes: a tree of functions, and which of them ran at each sample. */
interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame; readonly children?: readonly number[] }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  /** From 0 on, as the column. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

interface Share {
  selfUs: number;
  /** With everything that it called. */
  totalUs: number;
}

const idle = "(idle)";

const command = positionalCommand(
  "profile",
  "<profile>",
  "Where a processor profile's time went.",
  "bench/out/profiles/CPU.1.cpuprofile",
).addOption(option("--lines <count>", "functions to show", wholeNumber, "40"));

await runCommandLine<{ readonly lines: number }>(command, async ({ lines }) => {
  const [path] = command.args;
  const profile = JSON.parse(readFileSync(newestIn(path!), "utf8")) as Profile;
  const [functions, packages] = [sharesBy(profile, nameOf), sharesBy(profile, packageOf)];
  const busyUs = [...functions].reduce((sum, [name, { selfUs }]) => (name === idle ? sum : sum + selfUs), 0);
  print("package", packages, busyUs, lines);
  print("function", functions, busyUs, lines);
});

/** The file itself, or the newest profile of a folder. */
function newestIn(path: string): string {
  if (path.endsWith(".cpuprofile")) return path;
  const names = readdirSync(path).filter((name) => name.endsWith(".cpuprofile"));
  if (names.length === 0) throw new Error(`${path} holds no profile`);
  return join(path, names.sort().at(-1)!);
}

function sharesBy({ nodes, samples, timeDeltas }: Profile, keyOf: (frame: CallFrame) => string): Map<string, Share> {
  const selfUs = new Map<number, number>();
  samples.forEach((id, index) => selfUs.set(id, (selfUs.get(id) ?? 0) + timeDeltas[index]!));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const shares = new Map<string, Share>();
  // Gives the time of a node and all below it; what calls itself counts once.
  const walk = (id: number, above: ReadonlySet<string>): number => {
    const { callFrame, children = [] } = byId.get(id)!;
    const key = keyOf(callFrame);
    const share = shares.get(key) ?? { selfUs: 0, totalUs: 0 };
    shares.set(key, share);
    const own = selfUs.get(id) ?? 0;
    const below = above.has(key) ? above : new Set([...above, key]);
    const total = children.reduce((sum, child) => sum + walk(child, below), own);
    share.selfUs += own;
    if (!above.has(key)) share.totalUs += total;
    return total;
  };
  walk(nodes[0]!.id, new Set());
  return shares;
}

function nameOf(frame: CallFrame): string {
  const { functionName, url } = frame;
  return url === "" ? functionName : `${functionName || "(anonymous)"}  ${sourceOf(frame)}`;
}

function packageOf(frame: CallFrame): string {
  if (frame.url === "") return frame.functionName === idle || frame.functionName.startsWith("(") ? frame.functionName : "(native)";
  const source = sourceOf(frame);
  return /(?:^|\/)(packages\/[^/]+|bench\/[^/]+)/.exec(source)?.[1] ?? /^(?:node|external):?[^/]*/.exec(source)?.[0] ?? source;
}

function sourceOf({ url, lineNumber, columnNumber }: CallFrame): string {
  return url.startsWith("file:") ? originOf(fileURLToPath(url), lineNumber, columnNumber) : url;
}

function print(title: string, shares: ReadonlyMap<string, Share>, busyUs: number, lines: number): void {
  const percent = (us: number) => `${((us / busyUs) * 100).toFixed(1)} %`.padStart(8);
  console.log(`\n    self    total  ${title} (of ${(busyUs / 1e6).toFixed(2)} s busy)`);
  const sorted = [...shares].filter(([name]) => name !== idle && name !== "(root)").sort(([, a], [, b]) => b.selfUs - a.selfUs);
  for (const [name, { selfUs, totalUs }] of sorted.slice(0, lines)) console.log(`${percent(selfUs)} ${percent(totalUs)}  ${name}`);
}
