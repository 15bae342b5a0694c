import { freeNamesOf, nodesOf, parse, type SyntaxNode } from "./free-names.ts";

/** A way by which a source reaches the world, or may: a module, a global, or a member of something. */
export interface WayOut {
  /** `node:fs`, `node:zlib#crc32` for one name of a module, `setTimeout`, `Math.random`, `.stack`. */
  readonly way: string;
  readonly line: number;
}

/** What the language itself offers and is the same everywhere: none of it reaches the world. */
const language: ReadonlySet<string> = new Set(
  `AbortController AbortSignal AggregateError Array ArrayBuffer AsyncDisposableStack BigInt BigInt64Array BigUint64Array Boolean Buffer
  DataView DisposableStack Error EvalError Float32Array Float64Array Infinity Int16Array Int32Array Int8Array Iterator JSON Map Math NaN
  Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String SuppressedError Symbol SyntaxError TextDecoder TextEncoder
  TypeError URIError URL URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakSet arguments decodeURIComponent
  encodeURIComponent isFinite isNaN parseFloat parseInt structuredClone undefined`.split(/\s+/),
);

/** Members of the language's own objects that are ways out all the same. */
const members: ReadonlySet<string> = new Set([
  "Math.random",
  "AbortSignal.timeout",
  "Error.captureStackTrace",
  "Error.prepareStackTrace",
  "Error.stackTraceLimit",
]);

/** Members of whatever object: they say where the code lies, or depend on the machine's language. */
const memberNames: ReadonlySet<string> = new Set([
  "stack",
  "localeCompare",
  "toLocaleString",
  "toLocaleDateString",
  "toLocaleTimeString",
  "toLocaleLowerCase",
  "toLocaleUpperCase",
]);

/** Every way out that a source takes, by its syntax: not by its comments, its strings or its types. */
export function waysOutOf(file: string, text: string): WayOut[] {
  const tree = parse(file, text);
  const found: { way: string; start: number }[] = [];
  for (const { name, start } of freeNamesOf(tree)) if (!language.has(name)) found.push({ way: name, start });
  for (const node of nodesOf(tree)) for (const way of waysOf(node)) found.push({ way, start: node.start });
  return found.map(({ way, start }) => ({ way, line: lineAt(text, start) }));
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < position; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

function waysOf(node: SyntaxNode): string[] {
  if (node.type === "ImportDeclaration") return importsOf(node);
  if (/^Export(Named|All)Declaration$/.test(node.type)) return moduleOf(node["source"]);
  if (node.type === "ImportExpression") return moduleOf(node["source"], "import(…)");
  if (node.type === "MetaProperty") return ["import.meta"];
  if (node.type === "MemberExpression") return memberOf(node["object"], memberName(node));
  if (node.type === "VariableDeclarator" || node.type === "AssignmentExpression") return destructuredOf(node);
  return [];
}

/** A module by the names that are taken from it, or as a whole. Our own are judged by the layers' test. */
function importsOf(node: SyntaxNode): string[] {
  const [module] = moduleOf(node["source"]);
  if (module === undefined) return [];
  const specifiers = (node["specifiers"] as SyntaxNode[]).filter((each) => each["importKind"] !== "type");
  if (specifiers.length === 0) return [module];
  return specifiers.map((each) => (each.type === "ImportSpecifier" ? `${module}#${nameOf(each["imported"])}` : module));
}

function moduleOf(source: unknown, unknown = ""): string[] {
  const { value } = (source ?? {}) as { value?: unknown };
  if (typeof value !== "string") return source === null || source === undefined ? [] : [unknown];
  return value.startsWith(".") || value.startsWith("@millrace/") ? [] : [value];
}

function memberOf(object: unknown, name: string | undefined): string[] {
  if (name === undefined) return [];
  if (memberNames.has(name)) return [`.${name}`];
  const qualified = `${nameOf(object)}.${name}`;
  return members.has(qualified) ? [qualified] : [];
}

/** `const { random } = Math` is Math.random too. */
function destructuredOf(node: SyntaxNode): string[] {
  const pattern = (node["id"] ?? node["left"]) as SyntaxNode;
  if (pattern.type !== "ObjectPattern") return [];
  const properties = (pattern["properties"] as SyntaxNode[]).filter(({ type }) => type === "Property");
  return properties.flatMap((property) => memberOf(node["init"] ?? node["right"], nameOf(property["key"])));
}

function memberName(node: SyntaxNode): string | undefined {
  return node["computed"] === true ? ((node["property"] as { value?: unknown }).value as string | undefined) : nameOf(node["property"]);
}

function nameOf(node: unknown): string {
  const { name, value } = (node ?? {}) as { name?: string; value?: string };
  return String(name ?? value ?? "");
}
