/** What a check has found. */
export interface Finding {
  /** What was looked at: `kafka door 127.0.0.1:9092`. */
  readonly check: string;
  readonly state: "ok" | "warning" | "failed";
  /** What was seen. */
  readonly seen: string;
  /** What to do about it; undefined: nothing. */
  readonly repair: string | undefined;
}

export function ok(check: string, seen: string): Finding {
  return { check, state: "ok", seen, repair: undefined };
}

export function warning(check: string, seen: string, repair: string): Finding {
  return { check, state: "warning", seen, repair };
}

export function failed(check: string, seen: string, repair: string): Finding {
  return { check, state: "failed", seen, repair };
}
