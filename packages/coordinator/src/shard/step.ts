import type { MillraceError } from "@millrace/vocabulary";
import type { Decision, Entry, Moment, Reply, Ticket } from "./machine.ts";

/** A decision in the making: the state it is made on, the moment, and what has been decided so far. */
export class Step<State, Stored> implements Decision<Stored> {
  readonly state: State;
  readonly now: Moment;
  readonly entries: Entry<Stored>[] = [];
  readonly replies: Reply[] = [];
  onlyWrites = false;
  isUnfinished = false;

  constructor(state: State, now: Moment) {
    this.state = state;
    this.now = now;
  }

  write(entry: Entry<Stored>): void {
    this.entries.push(entry);
  }

  answer<Answer>(ticket: Ticket<Answer>, answer: Answer): void {
    this.replies.push({ ticket, answer });
  }

  refuse(ticket: Ticket<any>, error: MillraceError): void {
    this.replies.push({ ticket, error });
  }
}
