import { codeOf, type MillraceError } from "@millrace/vocabulary";
import { newGroupCounters } from "../../src/counters.ts";
import type { CommittedOffset, GroupDescription } from "../../src/index.ts";
import { GroupMachine } from "../../src/groups/group-machine.ts";
import type { GroupRequest } from "../../src/groups/requests.ts";
import type { Decision } from "../../src/shard/machine.ts";
import type { GroupRecord } from "../../src/stored/group-record.ts";
import { CountingRandom, QuietLogger, Settings, Topics } from "./fixtures.ts";

/** What a request has come to. */
export type Outcome = { readonly answer: any } | { readonly error: MillraceError };

interface Written {
  readonly key: Buffer;
  readonly value: Buffer | null;
}

/** A machine with nothing around it: what it writes is applied at once, what it answers is handed out at once. */
export class Bench {
  readonly settings = new Settings();
  readonly topics = new Topics();
  readonly log: Written[] = [];
  readonly #random = new CountingRandom();
  readonly #open = new Map<number, (outcome: Outcome) => void>();
  machine: GroupMachine = this.#newMachine();
  nowMs = 0;
  #tickets = 0;
  readonly #requests: (() => void)[] = [];
  #isDraining = false;

  constructor() {
    this.topics.create("orders", 8);
    this.settings.set("offsets.retention.check.interval.ms", 2 ** 31);
    this.#carryOut(this.machine.loaded(this.#now()));
  }

  /** Asks; `told` comes once, now or later. */
  ask(request: GroupRequest, told: (outcome: Outcome) => void): void {
    const ticket = { number: this.#tickets++ };
    this.#open.set(ticket.number, told);
    for (let decision = this.#decide(request, ticket); decision.isUnfinished;) decision = this.#decide(request, ticket);
  }

  /** Asks for what is answered at once. */
  askNow<Answer>(request: GroupRequest): Answer {
    let outcome: Outcome | undefined;
    this.ask(request, (told) => (outcome = told));
    if (outcome === undefined) throw new Error(`${request.type} is parked`);
    if ("error" in outcome) throw outcome.error;
    return outcome.answer as Answer;
  }

  pass(durationMs: number): void {
    const untilMs = this.nowMs + durationMs;
    while (this.machine.nextDeadlineMs <= untilMs) {
      this.nowMs = Math.max(this.nowMs, this.machine.nextDeadlineMs);
      this.#carryOut(this.machine.tick(this.#now()));
      this.#drain();
    }
    this.nowMs = untilMs;
  }

  /** The machine is gone, and with it what is parked; another one reads the log. */
  crash(): void {
    this.#open.clear();
    this.machine = this.replayed();
    this.#carryOut(this.machine.loaded(this.#now()));
  }

  /** A machine that has read the log, and nothing else. */
  replayed(): GroupMachine {
    const machine = this.#newMachine();
    for (const [offset, { key, value }] of this.log.entries()) machine.apply(machine.decode(key, value), { offset, producerId: -1 });
    return machine;
  }

  /** Requests that are parked. */
  get open(): number {
    return this.#open.size;
  }

  #drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    for (let request = this.#requests.shift(); request !== undefined; request = this.#requests.shift()) request();
    this.#isDraining = false;
  }

  #decide(request: GroupRequest, ticket: { number: number }): Decision<GroupRecord> {
    const decision = this.machine.decide(request, ticket, this.#now());
    this.#carryOut(decision);
    return decision;
  }

  #carryOut({ entries, replies }: Decision<GroupRecord>): void {
    for (const { stored, key, value } of entries) {
      this.machine.apply(stored, { offset: this.log.length, producerId: -1 });
      this.log.push({ key, value });
    }
    for (const { ticket, ...outcome } of replies) {
      const told = this.#open.get(ticket.number);
      if (told === undefined) throw new Error(`ticket ${ticket.number} is answered twice`);
      this.#open.delete(ticket.number);
      told(outcome as Outcome);
    }
  }

  #now() {
    return { monotonicMs: this.nowMs, wallMs: 1_767_225_600_000 + this.nowMs };
  }

  #newMachine(): GroupMachine {
    const { settings: configuration, topics: surroundings } = this;
    return new GroupMachine({ configuration, surroundings, random: this.#random, logger: new QuietLogger(), counters: newGroupCounters() });
  }
}

/** A group if it has settled, and all its offsets: what two machines that know the same say alike. */
export interface Settled {
  readonly group: GroupDescription | undefined;
  readonly offsets: readonly CommittedOffset[];
}

/** What a machine says of all its groups. */
export function settledState(machine: GroupMachine): Record<string, Settled> {
  const told: Record<string, Settled> = {};
  for (const { groupId } of machine.list()) {
    const group = read<GroupDescription>(machine, { type: "describe", groupId });
    const offsets = read<CommittedOffset[]>(machine, { type: "fetch", fetch: { groupId, partitions: undefined, requireStable: false } });
    const isSettled = group.state === "Stable" || group.state === "Empty";
    told[groupId] = { group: isSettled ? group : undefined, offsets };
  }
  return told;
}

function read<Answer>(machine: GroupMachine, request: GroupRequest): Answer {
  const [reply] = machine.decide(request, { number: -1 }, { monotonicMs: 0, wallMs: 0 }).replies;
  if (reply === undefined || "error" in reply) throw new Error(`${request.type}: ${codeOf(reply?.error)}`);
  return reply.answer as Answer;
}
