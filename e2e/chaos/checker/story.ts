import { printAnomaly } from "./anomalies.ts";
import { check } from "./check.ts";
import type { Operation, Outcome } from "./operations.ts";

const outcomes: Readonly<Record<string, Outcome>> = { "": "ok", "!": "fail", "?": "info" };

/**
 * A history as text, an operation a line, each after the other unless its times are given first:
 *
 *     1 send 0:a@3 1:b        process 1 sent a to partition 0, where it lies at offset 3, and b to partition 1: `!` it failed, `?` unknown
 *     [5-9] 2 poll 0:a@3      process 2 polled, between the times 5 and 9
 *     2 assign 0 1; 2 crash
 *     check                   says what is wrong, and begins a new history
 */
export class HistoryStory {
  #operations: Operation[] = [];

  tell(line: string): string[] {
    if (line === "check") return this.#check();
    const [, from, to, process, f, mark = "", rest = ""] = /^(?:\[(\d+)-(\d+)\] )?(\d+) (\w+)([!?]?)(?: (.*))?$/.exec(line)!;
    const now = 2 * this.#operations.length;
    const operated = { process: Number(process), outcome: outcomes[mark]!, fromMs: Number(from ?? now), toMs: Number(to ?? now + 1) };
    this.#operations.push(
      operationOf(
        f!,
        operated,
        rest.split(" ").filter((word) => word !== ""),
      ),
    );
    return [];
  }

  #check(): string[] {
    const { examples } = check(this.#operations);
    this.#operations = [];
    return examples.length === 0 ? ["sound"] : examples.map(printAnomaly);
  }
}

type Operated = Pick<Operation, "process" | "outcome" | "fromMs" | "toMs">;

function operationOf(f: string, operated: Operated, words: readonly string[]): Operation {
  switch (f) {
    case "send":
      return { ...operated, f, sends: words.map(recordOf) };
    case "poll":
      return { ...operated, f, records: words.map((word) => ({ offset: -1, ...recordOf(word) })) };
    case "assign":
      return { ...operated, f, partitions: words.map(Number) };
    case "crash":
      return { ...operated, f };
    default:
      throw new Error(`no such operation: ${f}`);
  }
}

/** Letters are values: a is 1. */
function recordOf(word: string) {
  const [, partition, letter, offset] = /^(\d+):([a-z])(?:@(\d+))?$/.exec(word)!;
  return { partition: Number(partition), value: letter!.charCodeAt(0) - 96, ...(offset !== undefined && { offset: Number(offset) }) };
}
