/** Fields of a log line, named as in the code. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Log lines are events: a constant phrase, then fields. `error`: someone must act. `warn`: someone should look. `info`:
 * once per change of role, set or segment. `debug`: for whoever searches. Nothing per record.
 */
export interface Logger {
  error(phrase: string, fields?: LogFields): void;
  warn(phrase: string, fields?: LogFields): void;
  info(phrase: string, fields?: LogFields): void;
  debug(phrase: string, fields?: LogFields): void;
  /** A logger that adds these fields to each line. */
  with(fields: LogFields): Logger;
}
