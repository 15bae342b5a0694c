import { parseSync } from "vite";

/** A node of the syntax tree, as ESTree has it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** The syntax tree of a TypeScript source. Throws where it is none. */
export function parse(file: string, text: string): SyntaxNode {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  return program as unknown as SyntaxNode;
}

/** The nodes right below one, those of types left out: they are gone at run time. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (const [field, value] of Object.entries(node)) {
    if (field === "parent" || isName(node, field)) continue;
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child) && isRunning(child)) children.push(child);
  }
  return children;
}

/** Every node of a tree that is there at run time, the tree's own included. */
export function* nodesOf(tree: SyntaxNode): Generator<SyntaxNode> {
  yield tree;
  for (const child of childrenOf(tree)) yield* nodesOf(child);
}

/** Identifiers that nothing in the source declares: what it takes from the global object. */
export function freeNamesOf(tree: SyntaxNode): { readonly name: string; readonly start: number }[] {
  const free: { name: string; start: number }[] = [];
  const visit = (node: SyntaxNode, outer: ReadonlySet<string>): void => {
    const declared = declaredIn(node);
    const known = declared.size === 0 ? outer : new Set([...outer, ...declared]);
    if (node.type === "Identifier" && !known.has(node["name"] as string)) free.push({ name: node["name"] as string, start: node.start });
    for (const child of childrenOf(node)) visit(child, known);
  };
  visit(tree, new Set());
  return free;
}

/** Names that a node declares for what lies below it. */
function declaredIn(node: SyntaxNode): Set<string> {
  const names = new Set<string>();
  const add = (pattern: unknown) => {
    for (const name of namesOf(pattern)) names.add(name);
  };
  if (/Function/.test(node.type)) {
    add(node["id"]);
    for (const parameter of node["params"] as SyntaxNode[]) add(parameter);
    addVariables(node, add);
  }
  if (node.type.startsWith("Class")) add(node["id"]);
  if (node.type === "CatchClause") add(node["param"]);
  for (const statement of statementsOf(node)) addDeclared(statement, add);
  if (node.type === "Program") addVariables(node, add);
  return names;
}

/** What stands in a block, or at the head of a loop. */
function statementsOf(node: SyntaxNode): SyntaxNode[] {
  if (node.type === "Program" || node.type === "BlockStatement" || node.type === "StaticBlock") return node["body"] as SyntaxNode[];
  if (node.type === "SwitchStatement") return (node["cases"] as SyntaxNode[]).flatMap((each) => each["consequent"] as SyntaxNode[]);
  if (node.type.startsWith("For")) return [node["init"] ?? node["left"]].filter(isNode);
  return [];
}

function addDeclared(statement: SyntaxNode, add: (pattern: unknown) => void): void {
  const declaration = (statement.type.startsWith("Export") ? statement["declaration"] : statement) as SyntaxNode | null;
  if (declaration === null || declaration === undefined) return;
  if (declaration.type === "VariableDeclaration") for (const each of declaration["declarations"] as SyntaxNode[]) add(each["id"]);
  if (/^(Function|Class)/.test(declaration.type)) add(declaration["id"]);
  if (statement.type === "ImportDeclaration") for (const each of statement["specifiers"] as SyntaxNode[]) add(each["local"]);
}

/** `var` belongs to the whole function. */
function addVariables(scope: SyntaxNode, add: (pattern: unknown) => void): void {
  for (const child of childrenOf(scope)) {
    if (child.type === "VariableDeclaration" && child["kind"] === "var") addDeclared(child, add);
    if (!/Function/.test(child.type)) addVariables(child, add);
  }
}

/** The names that a pattern binds. */
function namesOf(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  if (pattern.type === "Identifier") return [pattern["name"] as string];
  if (pattern.type === "AssignmentPattern") return namesOf(pattern["left"]);
  if (pattern.type === "RestElement") return namesOf(pattern["argument"]);
  if (pattern.type === "Property") return namesOf(pattern["value"]);
  if (pattern.type === "ArrayPattern") return (pattern["elements"] as unknown[]).flatMap(namesOf);
  return pattern.type === "ObjectPattern" ? (pattern["properties"] as unknown[]).flatMap(namesOf) : [];
}

/** Whether a field holds a name, not a reference: of a member, a property, a label, an import. */
function isName(node: SyntaxNode, field: string): boolean {
  if (field === "key" || field === "property") return node["computed"] !== true;
  if (field === "specifiers") return Boolean(node["source"]);
  if (field === "label" || field === "meta") return true;
  return node.type === "ExportSpecifier" && field === "exported";
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** Expressions of TypeScript have something to run inside; its types have not. */
const typescriptExpressions: ReadonlySet<string> = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
]);

function isRunning(node: SyntaxNode): boolean {
  if (node["importKind"] === "type" || node["exportKind"] === "type" || node["declare"] === true) return false;
  return !node.type.startsWith("TS") || typescriptExpressions.has(node.type);
}
