import type { Argument, Command, Option } from "commander";

/** What may stand where the cursor is. */
export type Completion =
  | { readonly kind: "words"; readonly candidates: readonly Candidate[] }
  /** Names that the cluster knows. */
  | { readonly kind: "topics" | "groups"; readonly prefix: string; readonly bootstrapServer: string | undefined }
  | { readonly kind: "files" };

export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** A placeholder's name, as `<topic>`, says what completes it. */
const kindsByPlaceholder: Readonly<Record<string, "topics" | "groups" | "files">> = {
  topic: "topics",
  group: "groups",
  file: "files",
  dir: "files",
};

/** @param words what stands on the command line behind the program's name; the last one is being typed, and may be empty */
export function complete(program: Command, words: readonly string[]): Completion {
  const typed = words.at(-1) ?? "";
  const place = walk(program, words.slice(0, -1));
  const { command, openOption, position } = place;
  if (openOption !== undefined) return ofValue(openOption.argChoices, placeholderOf(openOption), typed, place);
  if (typed.startsWith("-") && !place.isPastOptions) return ofWords(optionsOf(command), typed);
  if (command.commands.length > 0) return ofWords(subcommandsOf(command), typed);
  const argument = argumentAt(command, position);
  return argument === undefined ? ofWords([], typed) : ofValue(argument.argChoices, argument.name(), typed, place);
}

/** Where the words lead. */
interface Place {
  command: Command;
  /** Arguments that stand before. */
  position: number;
  /** It waits for its value. */
  openOption: Option | undefined;
  isPastOptions: boolean;
  bootstrapServer: string | undefined;
}

function walk(program: Command, words: readonly string[]): Place {
  const place: Place = { command: program, position: 0, openOption: undefined, isPastOptions: false, bootstrapServer: undefined };
  for (const word of words) step(place, word);
  return place;
}

function step(place: Place, word: string): void {
  if (place.openOption !== undefined) {
    if (place.openOption.long === "--bootstrap-server") place.bootstrapServer = word;
    place.openOption = undefined;
  } else if (word === "--") place.isPastOptions = true;
  else if (word.startsWith("-") && !place.isPastOptions)
    place.openOption = place.command.options.find(({ short, long, required }) => required && (word === short || word === long));
  else enter(place, word);
}

function enter(place: Place, word: string): void {
  const subcommand = place.command.commands.find((command) => command.name() === word);
  if (subcommand === undefined) place.position++;
  else [place.command, place.position] = [subcommand, 0];
}

/** The last argument takes all that follow, where it says so. */
function argumentAt(command: Command, position: number): Argument | undefined {
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  return registeredArguments[position] ?? (last?.variadic === true ? last : undefined);
}

function ofValue(choices: readonly string[] | undefined, placeholder: string, typed: string, { bootstrapServer }: Place): Completion {
  if (choices !== undefined)
    return ofWords(
      choices.map((word) => ({ word, description: "" })),
      typed,
    );
  const kind = kindsByPlaceholder[placeholder];
  if (kind === undefined) return ofWords([], typed);
  return kind === "files" ? { kind } : { kind, prefix: typed, bootstrapServer };
}

function ofWords(candidates: readonly Candidate[], typed: string): Completion {
  return { kind: "words", candidates: candidates.filter(({ word }) => word.startsWith(typed)) };
}

/** `file` of `-f, --file <file>` */
function placeholderOf({ flags }: Option): string {
  return /[<[]([^>\].]+)/.exec(flags)?.[1] ?? "";
}

function optionsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => ({ word: long ?? short ?? "", description }));
}

function subcommandsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((each) => ({ word: each.name(), description: each.description() }));
}
