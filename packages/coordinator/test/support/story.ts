import type { TransactionOutcome } from "@millrace/records";
import { type BrokerKey, type ErrorCode, MillraceError } from "@millrace/vocabulary";
import { type GroupCoordinator, groupCoordinator } from "../../src/index.ts";
import { Actor } from "./actor.ts";
import { admin } from "./admin.ts";
import { CountingRandom, QuietLogger, Settings, Topics } from "./fixtures.ts";
import { MemoryLog, type MemoryLogView } from "./memory-log.ts";
import { recordsOf, wordsOf } from "./record-words.ts";
import type { Stage } from "./stage.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { writeMarker, writeOpenOffsets } from "./transaction.ts";
import { durationMs, groupOf } from "./words.ts";

/**
 * A coordinator of one shard, over a log in memory and in virtual time, and the clients that use it. Commands:
 *
 *     NAME join|enter|sync|heartbeat|leave|commit|fetch GROUP …   what a client does (Actor)
 *     admin leave|describe|list|delete-group|delete-offsets …     what a tool does (admin)
 *     after 3s              time passes
 *     topic NAME PARTITIONS, no-topic NAME                        a topic is created, is deleted
 *     set KEY=VALUE         a setting changes
 *     hold, release         records are not committed, then are
 *     refuse CODE           the log refuses the next append
 *     lose CODE, restart    the leadership is lost; a new coordinator reads the log
 *     restart cut           … that lacks what was not committed
 *     transaction PRODUCER GROUP orders-0:5, end-transaction PRODUCER commit|abort
 *                           what a transaction writes into the log; a restart reads it
 *     counters              what has been counted, where it is not 0
 */
export class Story implements Stage {
  readonly clock = new VirtualClock();
  readonly topics = new Topics();
  readonly settings = new Settings();
  readonly log = new MemoryLog();
  readonly actors = new Map<string, Actor>();
  coordinator!: GroupCoordinator;
  #view!: MemoryLogView;
  readonly #random = new CountingRandom();
  readonly #labels = new Map<string, string>();
  #trace: string[] = [];
  #batchesTold = 0;
  #leaderEpoch = 0;

  constructor() {
    this.topics.create("orders", 8);
    this.#restart();
  }

  /** Carries out one command; what it leads to, as lines that begin with the time in seconds. */
  async tell(line: string): Promise<string[]> {
    const [verb = "", ...words] = line.split(/\s+/);
    await this.clock.pass(0);
    await this.#carryOut(verb, words);
    await this.clock.pass(0);
    this.#tellAppended();
    const trace = this.#trace;
    this.#trace = [];
    return trace;
  }

  /** Adds to the trace, after what has been appended meanwhile. */
  say(words: string): void {
    this.#tellAppended();
    this.#trace.push(`${this.clock.nowMs / 1000}s ${words}`.trimEnd());
  }

  readonly label = (memberId: string): string => {
    const owner = memberId.slice(0, -37);
    const known = this.#labels.get(memberId);
    if (known !== undefined || memberId.length <= 37) return known ?? memberId;
    const before = [...this.#labels.values()].filter((label) => label.startsWith(`${owner}#`)).length;
    this.#labels.set(memberId, `${owner}#${before + 1}`);
    return `${owner}#${before + 1}`;
  };

  memberId(label: string): string {
    const actor = this.actors.get(label);
    if (actor !== undefined) return actor.memberId;
    for (const [memberId, known] of this.#labels) if (known === label) return memberId;
    return label;
  }

  async #carryOut(verb: string, words: string[]): Promise<void> {
    const [first = ""] = words;
    switch (verb) {
      case "after":
        return this.clock.pass(durationMs(first));
      case "topic":
        return this.topics.create(first, Number(words[1]));
      case "no-topic":
        this.topics.delete(first);
        return this.coordinator.topicsDeleted([first]);
      case "set":
        return this.#set(first);
      case "hold":
        this.log.commitsAtOnce = false;
        return undefined;
      case "release":
        this.log.commitsAtOnce = true;
        return this.#view.commit();
      case "refuse":
        this.#view.refusal = new MillraceError(first as ErrorCode);
        return undefined;
      case "lose":
        return this.#view.lose(new MillraceError(first as ErrorCode));
      case "transaction":
        writeOpenOffsets(this.log, Number(first), groupOf(words[1]!), words.slice(2));
        return this.#view.commit();
      case "end-transaction":
        writeMarker(this.log, Number(first), words[1] as TransactionOutcome);
        return this.#view.commit();
      case "restart":
        if (first === "cut") this.log.cutUncommitted();
        return this.#restart();
      case "counters":
        return this.#tellCounters();
      case "admin":
        return admin(this, words);
      default:
        return this.#actor(verb).act(words);
    }
  }

  #actor(name: string): Actor {
    const actor = this.actors.get(name) ?? new Actor(this, name);
    this.actors.set(name, actor);
    return actor;
  }

  #set(assignment: string): void {
    const [key = "", value = ""] = assignment.split("=");
    this.settings.set(key as BrokerKey, Number(value));
  }

  #restart(): void {
    void this.coordinator?.close();
    this.coordinator = groupCoordinator({
      runtime: { clock: this.clock, random: this.#random, logger: new QuietLogger() },
      configuration: this.settings,
      surroundings: this.topics,
    });
    this.#view = this.log.lead();
    this.#batchesTold = this.log.batches.length;
    this.coordinator.lead(0, ++this.#leaderEpoch, this.#view);
  }

  #tellAppended(): void {
    for (const batch of this.log.batches.slice(this.#batchesTold)) {
      for (const record of recordsOf(batch)) this.#trace.push(`${this.clock.nowMs / 1000}s ${wordsOf(record, this.label)}`);
    }
    this.#batchesTold = this.log.batches.length;
  }

  #tellCounters(): void {
    const counted = Object.entries(this.coordinator.counters).filter(([, count]) => count > 0);
    this.say(`counters ${counted.map(([name, count]) => `${name}=${count}`).join(" ")}`);
  }
}
