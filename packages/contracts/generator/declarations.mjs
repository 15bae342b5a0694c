import { basename } from "node:path";
import protobuf from "protobufjs";
import { enumOf, methodOf } from "./shapes.mjs";

/**
 * The types of a module. pbjs has types of its own, which let every field be absent; these say what a decoded message holds:
 * every field, with null for a message, an optional field or a member of a oneof that was not there.
 *
 * @returns {string}
 */
export function declarationsOf({ types, enums, services }) {
  const imported = new Map();
  const body = [
    ...types.map((type) => typeDeclaration(type, imported)),
    ...enums.map(enumDeclaration),
    ...services.map(serviceDeclaration),
  ];
  const kinds = ["MessageType", "StreamMethod", "UnaryMethod"].filter((kind) => body.some((text) => text.includes(`${kind}<`)));
  const heads = [`import type { ${kinds.join(", ")} } from "../message.ts";`];
  for (const [module, names] of imported) heads.push(`import type { ${[...names].sort().join(", ")} } from "./${module}.js";`);
  return `${heads.join("\n")}\n\n${body.join("\n")}`;
}

function typeDeclaration(type, imported) {
  const lines = [...commentOf(type, ""), `export interface ${type.name} {`];
  for (const field of type.fieldsArray) lines.push(...commentOf(field, "  "), `  ${field.name}: ${fieldType(field, imported)};`);
  for (const oneof of type.oneofsArray.filter((some) => !some.isProto3Optional)) {
    const members = oneof.fieldsArray.map(({ name }) => `"${name}"`).join(" | ");
    lines.push("  /** Which member is there. */", `  ${oneof.name}: ${members} | undefined;`);
  }
  return [...lines, "}", `export const ${type.name}: MessageType<${type.name}>;`, ""].join("\n");
}

function fieldType(field, imported) {
  if (field instanceof protobuf.MapField) return `{ [key: string]: ${elementType(field, imported)} }`;
  const element = elementType(field, imported);
  if (field.repeated) return `${element}[]`;
  const mayBeAbsent = field.resolvedType instanceof protobuf.Type || field.partOf !== null;
  return mayBeAbsent ? `${element} | null` : element;
}

/** A number of an enum is a number: newer peers may send others than we know. */
function elementType(field, imported) {
  if (field.resolvedType instanceof protobuf.Type) return importType(field, imported);
  if (field.resolvedType instanceof protobuf.Enum) return "number";
  if (field.type === "string") return "string";
  if (field.type === "bool") return "boolean";
  return field.type === "bytes" ? "Buffer" : "number";
}

function importType({ resolvedType, parent }, imported) {
  if (resolvedType.filename !== parent.filename) {
    const module = basename(resolvedType.filename, ".proto");
    imported.set(module, (imported.get(module) ?? new Set()).add(resolvedType.name));
  }
  return resolvedType.name;
}

function enumDeclaration(declared) {
  const stripped = Object.entries(enumOf(declared));
  const comments = Object.keys(declared.values).map((name) => declared.comments[name]);
  const lines = stripped.flatMap(([name, value], index) => [
    ...commentOf({ comment: comments[index] }, "  "),
    `  readonly ${name}: ${value};`,
  ]);
  return [...commentOf(declared, ""), `export const ${declared.name}: {`, ...lines, "};", ""].join("\n");
}

function serviceDeclaration(service) {
  const lines = service.methodsArray.flatMap((method) => {
    const { name, kind, request, response } = methodOf(service, method);
    return [
      ...commentOf(method, "  "),
      `  readonly ${name}: ${kind === "stream" ? "StreamMethod" : "UnaryMethod"}<${request}, ${response}>;`,
    ];
  });
  return [...commentOf(service, ""), `export const ${service.name}: {`, ...lines, "};", ""].join("\n");
}

function commentOf({ comment }, indent) {
  if (!comment) return [];
  const [first, ...rest] = comment.split("\n");
  if (rest.length === 0) return [`${indent}/** ${first} */`];
  return [`${indent}/**`, ...[first, ...rest].map((line) => `${indent} * ${line}`), `${indent} */`];
}
