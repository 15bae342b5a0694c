import { basename } from "node:path";
import protobuf from "protobufjs";
import { main as pbjs } from "protobufjs-cli/pbjs.js";
import { declarationsOf } from "./declarations.mjs";
import { enumOf, methodOf } from "./shapes.mjs";

/** Static encoders and decoders, nothing else; 64-bit integers are numbers. */
const options =
  "--target static-module --wrap esm --force-number --dependency ../protobuf.ts --no-comments --no-create --no-verify --no-convert --no-delimited --no-typeurl --no-service".split(
    " ",
  );

/**
 * Compiles one .proto file: pbjs's code, with its messages, enums and services exported by name, and the types of these.
 * What the file imports is imported: each message has one encoder, in the module of its own file.
 *
 * @param {string} path
 * @param {string} name of the module, and of its root among protobufjs's roots
 * @returns {Promise<{ code: string, declarations: string }>}
 */
export async function moduleOf(path, name) {
  const file = parse(path);
  const code = await compile([...options, "--root", `millrace.${name}`, path]);
  const wrapped = code.replace(/export \{\n {2}\$root as default\n\};\n/, "");
  return { code: withOwnFields(withImports(wrapped, file)) + exportsOf(file), declarations: declarationsOf(file) };
}

/**
 * Takes the messages of other files from their modules. pbjs compiles them in again, a namespace each, as often as they are imported.
 *
 * @param {string} code
 */
function withImports(code, { imports }) {
  const imported = [...imports].map(([, module]) => `import { millrace as $${module} } from "./${module}.js";\n`).join("");
  const sections = /^ {4}millrace\.(\w+) = \(function\(\) \{\n[^]*?^ {4}\}\)\(\);\n/gm;
  const own = code.replace(sections, (section, namespace) => {
    const module = imports.get(namespace);
    return module === undefined ? section : `    millrace.${namespace} = $${module}.${namespace};\n`;
  });
  return own.replace(/^import \$protobuf .*\n/m, (line) => line + imported);
}

/**
 * Lets messages own their fields. pbjs leaves those that were not there to the prototype, where spreading a message would lose
 * them. Members of a oneof stay there: setting one of them deletes the others.
 *
 * @param {string} code
 */
function withOwnFields(code) {
  const [head, ...types] = code.split(/(?=^ *const \w+ = function \(properties\) \{\n)/m);
  return head + types.map(ownFieldsOf).join("");
}

function ownFieldsOf(type) {
  const [opening, indent, name] = /^( *)const (\w+) = function \(properties\) \{\n/.exec(type);
  const inOneof = new Set(
    [...type.matchAll(/oneOfGetter\(\$oneOfFields = \[(.+,.+)\]\)/g)].flatMap(([, names]) => JSON.parse(`[${names}]`)),
  );
  const fields = [...type.matchAll(/\.prototype\.(\w+) = (?!\$util\.empty)/g)].map(([, field]) => field);
  const own = fields.filter((field) => !inOneof.has(field)).map((field) => `${indent}    this.${field} = ${name}.prototype.${field};\n`);
  const body = type.slice(opening.length).replaceAll(/delete message\.(\w+);/g, `message.$1 = ${name}.prototype.$1;`);
  return opening + own.join("") + body;
}

function compile(args) {
  return new Promise((resolve, reject) => {
    pbjs(args, (error, output) => (error ? reject(error) : resolve(output)));
  });
}

/** What the file itself declares, sorted by kind. */
function parse(path) {
  const root = new protobuf.Root();
  // Not load(), which takes in imports in the order in which their reads end: the code would change from run to run.
  root.loadSync(path, { keepCase: false, alternateCommentMode: true, preferTrailingComment: false });
  root.resolveAll();
  const own = everything(root).filter((object) => object.filename === path);
  const others = everything(root).filter((object) => object.filename !== path);
  const nested = own.filter((object) => object.parent instanceof protobuf.Type);
  if (nested.length > 0) throw new Error(`${path}: declare ${nested[0].name} outside of ${nested[0].parent.name}`);
  return {
    namespace: own[0].parent.fullName.slice(1),
    /** By the namespace below `millrace`: the module that another file becomes. */
    imports: new Map(others.map(({ fullName, filename }) => [fullName.split(".")[2], basename(filename, ".proto")])),
    types: own.filter((object) => object instanceof protobuf.Type),
    enums: own.filter((object) => object instanceof protobuf.Enum),
    services: own.filter((object) => object instanceof protobuf.Service),
  };
}

function everything(namespace) {
  return namespace.nestedArray
    .flatMap((object) => (object instanceof protobuf.Namespace ? [object, ...everything(object)] : [object]))
    .filter((object) => object.constructor !== protobuf.Namespace);
}

function exportsOf({ namespace, types, enums, services }) {
  const lines = types.map(({ name }) => `export const ${name} = ${namespace}.${name};`);
  for (const declared of enums) lines.push(`export const ${declared.name} = ${JSON.stringify(enumOf(declared))};`);
  for (const service of services) {
    const methods = service.methodsArray.map((method) => methodOf(service, method));
    const entries = methods.map(
      ({ name, path, kind, request, response }) =>
        `    ${name}: { path: ${JSON.stringify(path)}, kind: "${kind}", request: ${request}, response: ${response} },`,
    );
    lines.push(`export const ${service.name} = {`, ...entries, "};");
  }
  return `\n${lines.join("\n")}\n`;
}
