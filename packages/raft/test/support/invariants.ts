import { Offset } from "@millrace/vocabulary";
import { encodeEntry, endOf, type LogEntry } from "../../src/entry.ts";
import type { RaftEffect } from "../../src/machine/events.ts";
import type { RaftMessage } from "../../src/machine/messages.ts";
import { isSameVoter, majorityOf, voterKey, type VoterId } from "../../src/voters.ts";
import type { Node } from "./nodes.ts";

/** A broken promise of Raft, by its name. */
class InvariantBroken extends Error {}

function hold(holds: boolean, name: string, facts: unknown): asserts holds {
  if (!holds) throw new InvariantBroken(`${name}: ${JSON.stringify(facts)}`);
}

/** What Raft promises of a whole quorum, over its whole history. Told of every effect, and asked after every step. */
export class Invariants {
  readonly #leaders = new Map<number, string>();
  readonly #votes = new Map<string, VoterId>();
  readonly #terms = new Map<string, number>();
  readonly #leading = new Map<string, { term: number; end: Offset }>();
  readonly #committedEnds = new Map<string, Offset>();
  /** What was committed anywhere, by its first offset. */
  readonly committed = new Map<number, LogEntry>();
  /** The end of what is known to be committed. */
  committedEnd = Offset(1);

  /** How many terms had a leader. */
  get leaders(): number {
    return this.#leaders.size;
  }

  /** A node is asked to do this. */
  effect(node: Node, effect: RaftEffect): void {
    const key = voterKey(node.id);
    switch (effect.type) {
      case "send":
        return checkRests(node, effect.message);
      case "commit":
        return this.#committed(node, effect.end);
      case "installSnapshot":
        hold(node.state.role !== "leader", "a leader loads no snapshot", { node: key });
        node.appliedEnd = Offset(effect.snapshot.offset + 1);
        return;
      case "leaderChanged":
        if (effect.leader !== undefined && isSameVoter(effect.leader, node.id)) this.#elected(node, effect.term);
    }
  }

  /** A node's life has ended: what it had not stored is gone. */
  crashed(node: Node): void {
    this.#committedEnds.delete(voterKey(node.id));
    this.#leading.delete(voterKey(node.id));
  }

  check(nodes: readonly Node[]): void {
    for (const { id, durable } of nodes) this.#voted(voterKey(id), durable.term, durable.vote);
    const up = nodes.filter(({ isUp }) => isUp);
    for (const node of up) this.#checkNode(node, nodes);
    for (const [index, a] of nodes.entries()) for (const b of nodes.slice(index + 1)) checkMatching(a, b);
  }

  #voted(key: string, term: number, vote: VoterId | undefined): void {
    hold(term >= (this.#terms.get(key) ?? 0), "terms never go back", { key, term });
    this.#terms.set(key, term);
    const before = this.#votes.get(`${key}/${term}`);
    if (before !== undefined) hold(vote !== undefined && isSameVoter(vote, before), "one term has one vote", { key, term });
    if (vote !== undefined) this.#votes.set(`${key}/${term}`, vote);
  }

  #elected({ id, state }: Node, term: number): void {
    const key = voterKey(id);
    hold((this.#leaders.get(term) ?? key) === key, "a term has one leader", { term, key });
    this.#leaders.set(term, key);
    for (const entry of this.committed.values()) {
      const found = state.log.termAt(endOf(entry));
      hold(found === entry.term || endOf(entry) <= state.log.start, "a leader has all that is committed", { key, term, at: entry.offset });
    }
  }

  #committed(node: Node, end: Offset): void {
    const entries = node.entries(node.appliedEnd, end);
    const reached = entries.at(-1);
    hold((reached === undefined ? node.appliedEnd : endOf(reached)) === end, "what is handed over is stored", { node: node.id, end });
    for (const entry of entries) {
      const known = this.committed.get(entry.offset);
      hold(known === undefined || isSameEntry(known, entry), "all apply the same", {
        at: entry.offset,
        known: known?.term,
        entry: entry.term,
      });
      this.committed.set(entry.offset, entry);
    }
    node.appliedEnd = end;
    this.committedEnd = Offset(Math.max(this.committedEnd, end));
  }

  #checkNode(node: Node, nodes: readonly Node[]): void {
    const { id, state } = node;
    const key = voterKey(id);
    if (state.role === "leader" && state.committedEnd > (this.#committedEnds.get(key) ?? state.committedEnd)) checkCommit(node, nodes);
    hold(state.sets.offset < state.log.end, "the set in force stands in the log", { key, at: state.sets.offset });
    hold(state.committedEnd >= (this.#committedEnds.get(key) ?? 0), "what is committed stays", { key, end: state.committedEnd });
    this.#committedEnds.set(key, state.committedEnd);
    if (state.role !== "leader") return void this.#leading.delete(key);
    const before = this.#leading.get(key);
    hold(before?.term !== state.term || state.log.end >= before.end, "a leader only appends", { key, term: state.term });
    this.#leading.set(key, { term: state.term, end: state.log.end });
  }
}

/** What a leader commits is of its own term, and durable on more than half of the voters, its own disk counting like any other. */
function checkCommit({ id, state }: Node, nodes: readonly Node[]): void {
  const end = state.committedEnd;
  hold(state.log.termAt(end) === state.term, "only what is of the own term is committed by counting", { node: id.nodeId, end });
  const { voters } = state.sets.current;
  const holders = voters.filter((voter) => nodes.some((node) => isSameVoter(node.id, voter) && endOfDisk(node) >= end));
  hold(holders.length >= majorityOf(voters.length), "what is committed is durable on a majority", { node: id.nodeId, end });
}

function endOfDisk({ durable: { entries, snapshot } }: Node): number {
  const last = entries.at(-1);
  return last === undefined ? snapshot.offset + 1 : endOf(last);
}

/** Nothing leaves that rests on a term or a vote which is not durable. */
function checkRests({ id, durable }: Node, { type, term, ...message }: RaftMessage): void {
  const isPreVote = (type === "vote" || type === "voted") && "preVote" in message && message.preVote === true;
  hold(isPreVote || durable.term === term, "what is said is durable", { node: id.nodeId, type, term, durable: durable.term });
}

/** Where two logs have an entry of one term at one offset, they are the same up to there. */
function checkMatching(a: Node, b: Node): void {
  const others = new Map(b.durable.entries.map((entry) => [entry.offset, entry]));
  const last = a.durable.entries.findLast(({ offset, term }) => others.get(offset)?.term === term);
  if (last === undefined) return;
  const from = Math.max(a.durable.snapshot.offset, b.durable.snapshot.offset);
  for (const entry of a.durable.entries) {
    if (entry.offset <= from || entry.offset > last.offset) continue;
    const other = others.get(entry.offset);
    hold(other !== undefined && isSameEntry(entry, other), "logs match", { a: a.id.nodeId, b: b.id.nodeId, at: entry.offset });
  }
}

function isSameEntry(a: LogEntry, b: LogEntry): boolean {
  return a === b || (a.term === b.term && a.payload.kind === b.payload.kind && encodeEntry(a).equals(encodeEntry(b)));
}
