import type { LogFields, Logger } from "../ports/logger.ts";
import type { Life } from "./life.ts";

/** A line that a simulated process logged. */
export interface SimulatedLine {
  readonly atMs: number;
  readonly process: string;
  readonly level: "error" | "warn" | "info" | "debug";
  readonly phrase: string;
  readonly fields: LogFields;
}

/** Hands every line to the world, as data. */
export class SimulatedLogger implements Logger {
  readonly #life: Life;
  readonly #write: (line: SimulatedLine) => void;
  readonly #fields: LogFields;

  constructor(life: Life, write: (line: SimulatedLine) => void, fields: LogFields = {}) {
    this.#life = life;
    this.#write = write;
    this.#fields = fields;
  }

  error(phrase: string, fields?: LogFields): void {
    this.#log("error", phrase, fields);
  }

  warn(phrase: string, fields?: LogFields): void {
    this.#log("warn", phrase, fields);
  }

  info(phrase: string, fields?: LogFields): void {
    this.#log("info", phrase, fields);
  }

  debug(phrase: string, fields?: LogFields): void {
    this.#log("debug", phrase, fields);
  }

  with(fields: LogFields): Logger {
    return new SimulatedLogger(this.#life, this.#write, { ...this.#fields, ...fields });
  }

  #log(level: SimulatedLine["level"], phrase: string, fields: LogFields = {}): void {
    if (this.#life.isOver) return;
    const { name, nowUs } = this.#life;
    this.#write({ atMs: nowUs / 1000, process: name, level, phrase, fields: { ...this.#fields, ...fields } });
  }
}
