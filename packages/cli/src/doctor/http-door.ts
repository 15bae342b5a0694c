import { secondMs } from "@millrace/vocabulary";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** The Date header counts whole seconds, and the answer takes its time. */
const clockToleranceMs: number = 2 * secondMs;

/** Whether a broker says by HTTP that it is ready, and what time it has. */
export async function checkHttpDoor(address: string, timeoutMs: number): Promise<Finding[]> {
  const check = `http door ${address}`;
  try {
    const askedMs = Date.now();
    const response = await fetch(`http://${address}/readyz`, { signal: AbortSignal.timeout(timeoutMs) });
    const body = await response.text();
    return [readiness(check, response.status, body), ...clock(address, response.headers.get("date"), askedMs)];
  } catch (error) {
    const { cause, message } = error as Error & { cause?: Error };
    return [failed(check, cause?.message || message, "the console, health checks and metrics need it; look into the broker's log")];
  }
}

function readiness(check: string, status: number, body: string): Finding {
  if (status === 200) return ok(check, "ready");
  if (status === 421) return warning(check, "it does not know itself by this name", "add the name to millrace.http.hosts");
  if (status === 503) return warning(check, `not ready: ${reasonsIn(body)}`, "wait a moment; if it stays so, look into the broker's log");
  return failed(check, `it answers with status ${status}`, "another program may listen there");
}

function reasonsIn(body: string): string {
  try {
    return (JSON.parse(body) as { reasons: string[] }).reasons.join("; ");
  } catch {
    return "it does not say why";
  }
}

/** Nothing where the clocks agree, or the broker told no time. */
function clock(address: string, date: string | null, askedMs: number): Finding[] {
  const apartMs = date === null ? NaN : Date.parse(date) - askedMs;
  if (Number.isNaN(apartMs)) return [];
  const check = `clock of ${address}`;
  if (Math.abs(apartMs) <= clockToleranceMs) return [ok(check, "agrees with ours")];
  const apart = `${Math.abs(apartMs / secondMs).toFixed(0)} s ${apartMs > 0 ? "ahead of" : "behind"} ours`;
  return [warning(check, apart, "let both machines follow the same time servers: retention and timestamps go by the clock")];
}
