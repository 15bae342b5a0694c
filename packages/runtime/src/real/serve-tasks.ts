import { parentPort } from "node:worker_threads";
import { assert, AssertionBroken, MillraceError } from "@millrace/vocabulary";
import { movable, movedMemory } from "../movable.ts";
import type { Task } from "../ports/work.ts";
import type { WorkAnswer, WorkFailure, WorkRequest } from "./work-messages.ts";

/** Serves these tasks to the process that started this thread. The whole of what a worker's entry does. */
export function serveTasks(tasks: readonly Task[]): void {
  const port = parentPort;
  assert(port !== null, "tasks are served in a worker thread");
  const byName = new Map(tasks.map((task) => [task.name, task]));
  port.on("message", (request: WorkRequest) => {
    const answer = answerTo(request, byName);
    port.postMessage(answer, "output" in answer ? movedMemory(answer.output) : []);
  });
}

function answerTo({ task, input }: WorkRequest, tasks: ReadonlyMap<string, Task>): WorkAnswer {
  try {
    const found = tasks.get(task);
    assert(found !== undefined, "a task is served by the worker's entry", { task });
    return { output: found.run(input).map((chunk) => movable(chunk, true)) };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): WorkFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof MillraceError) return { kind: "millrace", code: error.code, facts: plain(error.facts), message };
  return { kind: error instanceof AssertionBroken ? "assertion" : "other", code: "UNKNOWN_SERVER_ERROR", facts: {}, message };
}

/** Facts are words and numbers; whatever else is among them becomes a word, since it could not cross. */
function plain(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(facts).map(([name, value]) => [name, typeof value === "function" ? String(value) : value]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
