import type { Offset } from "@millrace/vocabulary";
import type { LogEntry } from "../../src/entry.ts";
import type { RaftMessage } from "../../src/machine/messages.ts";
import type { VoterSet } from "../../src/voters.ts";
import type { Node } from "./nodes.ts";

/** Numbers of the voters; those of learners in brackets. */
export function printSet({ voters, learners }: VoterSet): string {
  const names = [...voters.map(({ nodeId }) => `${nodeId}`), ...learners.map(({ nodeId }) => `(${nodeId})`)];
  return names.length === 0 ? "nobody" : names.join(",");
}

/** One entry: its term and what it holds; `+` begins a term. */
export function printEntry({ term, payload }: LogEntry): string {
  switch (payload.kind) {
    case "records":
      return `${term}:${payload.records.map(String).join("+")}`;
    case "leaderChange":
      return `${term}:+`;
    case "voterSet":
      return `${term}:{${printSet(payload.set)}}`;
  }
}

/** What is handed over up to an end, but for what only the quorum itself reads. */
export function printEntries(node: Node, end: Offset): string {
  const entries = node.durable.entries.filter(({ offset, payload }) => offset < end && payload.kind === "records");
  return entries.length === 0 ? "" : ` ${entries.map(printEntry).join(" ")}`;
}

/** What lies on a node's disk, and how much of it the node knows to be committed. */
export function printLog({ id, durable, state }: Node): string {
  const { snapshot, entries } = durable;
  const start = snapshot.offset === 0 ? "" : ` [${snapshot.offset}]`;
  return `${id.nodeId}${start} ${entries.map(printEntry).join(" ")} | committed=${state.committedEnd}`;
}

export function printMessage({ from, to, term, ...body }: RaftMessage): string {
  return `${from.nodeId}>${to.nodeId} ${nameOf(body)} term=${term}`;
}

function nameOf(body: { readonly type: string; readonly preVote?: boolean }): string {
  return body.preVote === true ? `pre-${body.type}` : body.type;
}
