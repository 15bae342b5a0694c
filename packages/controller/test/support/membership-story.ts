import { BrokerEpoch, type ErrorCode } from "@millrace/vocabulary";
import { mayLead, type MembershipEffect, type MembershipEvent, outside, stepMembership } from "../../src/sessions/membership.ts";
import { wordsOf } from "./requests.ts";

/** The session time-out of stories. */
const timeoutMs = 2_000;

/** Carries out a story about one broker and its stream to the controller. Times are milliseconds of the story. */
export class MembershipStory {
  readonly #state = outside(timeoutMs);
  readonly #trace: string[] = [];
  #nowMs = 0;
  #led = false;

  tell(line: string): string[] {
    const [, command, rest] = /^(\S+)\s*(.*)$/.exec(line)!;
    const { bare, named } = wordsOf(rest!);
    const stream = Number(bare[0]?.slice(1));
    switch (command) {
      case "locate":
        this.#step({ type: "located" });
        break;
      case "register":
        this.#step({ type: "registered", stream, epoch: BrokerEpoch(Number(named.get("epoch"))) });
        break;
      case "answer":
        this.#step({ type: "answered", stream, heartbeat: Number(named.get("heartbeat")) });
        break;
      case "break":
        this.#step({ type: "broken", stream, code: bare[1] as ErrorCode, isRedirected: bare[2] === "redirected" });
        break;
      case "wait":
        this.#wait(Number(bare[0]));
        break;
      case "stall":
        this.#nowMs += Number(bare[0]);
        this.#look();
        this.#step({ type: "due" });
        break;
      case "leave":
        this.#step({ type: "left" });
        break;
      default:
        throw new Error(`no such command: ${command}`);
    }
    return this.#trace.splice(0);
  }

  /** Time passes as in a process that comes to its timers at once. */
  #wait(ms: number): void {
    for (const endMs = this.#nowMs + ms; this.#nowMs < endMs;) {
      this.#nowMs++;
      this.#look();
      if (this.#state.dueMs !== undefined && this.#nowMs >= this.#state.dueMs) this.#step({ type: "due" });
    }
  }

  #step(event: MembershipEvent): void {
    for (const effect of stepMembership(this.#state, event, this.#nowMs)) this.#trace.push(`${this.#nowMs} ${print(effect)}`);
    this.#look();
  }

  #look(): void {
    const leads = mayLead(this.#state, this.#nowMs);
    if (leads !== this.#led) this.#trace.push(`${this.#nowMs} ${leads ? "may lead" : "may not lead"}`);
    this.#led = leads;
  }
}

function print(effect: MembershipEffect): string {
  switch (effect.type) {
    case "open":
    case "close":
      return `${effect.type} s${effect.stream}`;
    case "heartbeat":
      return `heartbeat s${effect.stream} ${effect.heartbeat}`;
    case "fail":
      return `fail ${effect.code}`;
  }
}
