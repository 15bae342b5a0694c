import { isSameVoter, majorityOf, type RaftState, type VoterSet, voterKey } from "@millrace/raft/testing";
import type { VoterId } from "@millrace/raft";
import type { Offset } from "@millrace/vocabulary";
import type { Marks } from "../../marks.ts";
import { holds } from "../../violation.ts";
import type { Agreement } from "./agreement.ts";
import type { Commits } from "./commits.ts";

export interface MachineWatchParts {
  readonly agreement: Agreement;
  readonly commits: Commits;
  readonly marks: Marks;
  /** Whether the disk of a voter holds the entry of this term that ends at `end`, or held it when it was lost. */
  readonly isDurable: (voter: VoterId, end: Offset, term: number) => boolean;
}

/** Watches what the machine of one life of a node knows: a few comparisons after every event, and more where something has changed. */
export class MachineWatch {
  readonly #state: RaftState;
  readonly #key: string;
  readonly #parts: MachineWatchParts;
  #role: RaftState["role"] = "follower";
  #term = 0;
  #committedEnd: Offset;
  #logEnd: Offset;
  #setOffset: Offset;
  #set: VoterSet;

  constructor(state: RaftState, parts: MachineWatchParts) {
    this.#state = state;
    this.#key = voterKey(state.self);
    this.#parts = parts;
    this.#committedEnd = state.committedEnd;
    this.#logEnd = state.log.end;
    this.#setOffset = state.sets.offset;
    this.#set = state.sets.current;
  }

  check(): void {
    const { role, term, committedEnd, log, sets } = this.#state;
    holds(term >= this.#term, "R5", { voter: this.#key, term, before: this.#term });
    if (role === "leader") this.#checkLeader();
    if (sets.offset !== this.#setOffset) this.#setChanged();
    if (committedEnd !== this.#committedEnd) this.#advanced();
    this.#role = role;
    this.#term = term;
    this.#logEnd = log.end;
  }

  #checkLeader(): void {
    const { term, log, incoming } = this.#state;
    const isNew = this.#role !== "leader" || this.#term !== term;
    if (isNew) this.#elected();
    holds(isNew || log.end >= this.#logEnd, "R2", { leader: this.#key, term, end: log.end, before: this.#logEnd });
    holds(incoming === undefined, "R8", { leader: this.#key, term, reason: "a leader loads a snapshot" });
  }

  /** Everything that was committed before is in its log. Whoever counts a vote of an earlier term only now leads nobody any more. */
  #elected(): void {
    const { agreement, commits, marks } = this.#parts;
    const { term, log } = this.#state;
    agreement.elected(this.#key, term);
    marks.hit("leader elected");
    const found = log.end < commits.end ? "not there" : log.termAt(commits.end as Offset);
    const facts = { leader: this.#key, term, committedEnd: commits.end, committedTerm: commits.term, found, start: log.start };
    holds(term < commits.term || found === commits.term || commits.end < log.start, "R3", facts);
  }

  #advanced(): void {
    const { committedEnd, role, log } = this.#state;
    holds(committedEnd > this.#committedEnd, "R6", { voter: this.#key, committedEnd, before: this.#committedEnd });
    this.#committedEnd = committedEnd;
    if (role === "leader") this.#checkCounted(committedEnd);
    this.#parts.commits.committed(committedEnd, log.termAt(committedEnd), this.#key);
  }

  /** What a leader commits is of its own term, and was durable on more than half of the voters, its own disk counting like any other. */
  #checkCounted(end: Offset): void {
    const { term, log, sets } = this.#state;
    const found = log.termAt(end);
    const facts = { leader: this.#key, term, end, found };
    holds(found === term, "R6", facts);
    const { voters } = sets.current;
    const holders = voters.filter((voter) => this.#parts.isDurable(voter, end, term));
    const names = { voters: voters.map(voterKey), holders: holders.map(voterKey) };
    holds(holders.length >= majorityOf(voters.length), "R6", { ...facts, ...names });
  }

  /** One change at a time, by one voter, and by a leader only after an entry of its own term is committed. */
  #setChanged(): void {
    const { sets, leadership, committedEnd, term } = this.#state;
    const { offset, current } = sets;
    const facts = {
      voter: this.#key,
      term,
      offset,
      committedEnd,
      voters: current.voters.map(voterKey),
      before: this.#set.voters.map(voterKey),
    };
    holds(new Set(current.voters.map(({ nodeId }) => nodeId)).size === current.voters.length, "R7", facts);
    if (leadership !== undefined && offset > leadership.termStart && offset > this.#setOffset) {
      const isSettled = this.#setOffset < committedEnd && committedEnd > leadership.termStart;
      holds(isSettled, "R7", { ...facts, termStart: leadership.termStart, setBefore: this.#setOffset });
      holds(differences(current, this.#set) <= 1, "R7", facts);
      this.#parts.marks.hit(`voters: ${current.voters.length}`);
    }
    this.#setOffset = offset;
    this.#set = current;
  }
}

function differences(a: VoterSet, b: VoterSet): number {
  const missing = (these: VoterSet, those: VoterSet) =>
    these.voters.filter((voter) => !those.voters.some((other) => isSameVoter(other, voter))).length;
  return missing(a, b) + missing(b, a);
}
