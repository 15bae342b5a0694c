import { MillraceError } from "@millrace/vocabulary";
import { type Logger as Pino, pino } from "pino";
import type { LogFields, Logger } from "../ports/logger.ts";
import { readableLine } from "./readable-line.ts";

/** The least urgent lines that are written. */
export type LogLevel = "error" | "warn" | "info" | "debug" | "silent";

export interface LogOptions {
  readonly level: LogLevel;
  /** `json`: one object a line, for programs. `readable`: `LEVEL phrase field=value`, for terminals. */
  readonly form: "json" | "readable";
  /** Takes each line with its line break; by default standard error, written before the call returns. */
  readonly write?: (line: string) => void;
}

/** A logger whose lines are out before the call returns, so that the last line before a crash is there. */
export function realLogger(options: LogOptions): Logger {
  const write = options.write ?? standardError();
  const readable = { write: (line: string) => write(readableLine(JSON.parse(line) as Record<string, unknown>)) };
  return new PinoLogger(pino(pinoOptions(options.level), options.form === "json" ? { write } : readable));
}

function standardError(): (line: string) => void {
  const destination = pino.destination({ fd: 2, sync: true });
  return (line) => void destination.write(line);
}

function pinoOptions(level: LogLevel) {
  return {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
}

class PinoLogger implements Logger {
  readonly #pino: Pino;

  constructor(inner: Pino) {
    this.#pino = inner;
  }

  error(phrase: string, fields: LogFields = {}): void {
    this.#pino.error(spelled(fields), phrase);
  }

  warn(phrase: string, fields: LogFields = {}): void {
    this.#pino.warn(spelled(fields), phrase);
  }

  info(phrase: string, fields: LogFields = {}): void {
    this.#pino.info(spelled(fields), phrase);
  }

  debug(phrase: string, fields: LogFields = {}): void {
    if (this.#pino.isLevelEnabled("debug")) this.#pino.debug(spelled(fields), phrase);
  }

  with(fields: LogFields): Logger {
    return new PinoLogger(this.#pino.child(spelled(fields)));
  }
}

/** Field names that pino sets itself; a field of ours under such a name would come twice in one object. */
const taken: ReadonlySet<string> = new Set(["level", "time", "msg"]);

function spelled(fields: LogFields): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    result[taken.has(name) ? `${name}_` : name] = value instanceof Error ? spelledError(value) : value;
  }
  return result;
}

/** JSON knows nothing of errors: what someone needs to find the cause. */
function spelledError(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  return {
    name,
    ...(error instanceof MillraceError ? { code: error.code, facts: error.facts } : {}),
    message,
    stack,
    ...(cause === undefined ? {} : { cause: cause instanceof Error ? spelledError(cause) : String(cause) }),
  };
}
