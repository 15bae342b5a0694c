/** A log line for people: `LEVEL phrase field=value …`, and below it the stacks of the errors among its fields. */
export function readableLine(line: Readonly<Record<string, unknown>>): string {
  const { level, time: _, msg, ...fields } = line;
  const words = [String(level).toUpperCase().padEnd(5), String(msg)];
  const stacks: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    words.push(`${name}=${word(isError(value) ? value.message : value)}`);
    if (isError(value)) stacks.push(indented(value));
  }
  return `${[words.join(" "), ...stacks].join("\n")}\n`;
}

interface SpelledError {
  readonly message: string;
  readonly stack: string;
  readonly cause?: unknown;
}

function isError(value: unknown): value is SpelledError {
  return typeof value === "object" && value !== null && "stack" in value && "message" in value;
}

/** The stack without its first line, which repeats the message, then the stacks of what caused it. */
function indented(error: SpelledError): string {
  const frames = error.stack.split("\n").filter((line) => line.trimStart().startsWith("at "));
  const cause = isError(error.cause) ? [`  caused by ${error.cause.message}`, indented(error.cause)] : [];
  return [...frames.map((frame) => `  ${frame.trimStart()}`), ...cause].join("\n");
}

/** A value as one word: bare where nothing in it could be mistaken for the end of it. */
function word(value: unknown): string {
  if (typeof value === "string") return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value) ?? String(value);
}
