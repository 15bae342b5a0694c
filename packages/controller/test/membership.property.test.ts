import * as fc from "fast-check";
import { BrokerEpoch, BrokerId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { type LivesEvent, stepLives, tickMs, unwatched } from "../src/sessions/lives.ts";
import { mayLead, type MembershipEvent, outside, stepMembership } from "../src/sessions/membership.ts";
import { uuid } from "./support/world.ts";

const timeoutMs = 2_000;
const broker = BrokerId(1);
const epoch = BrokerEpoch(10);
const incarnation = uuid(1);

/** What the network does for a while: how long messages take, or that they are lost, or that the stream breaks. */
const weather = fc.array(
  fc.record({
    delayMs: fc.integer({ min: 1, max: 1_500 }),
    isLost: fc.boolean(),
    breaks: fc.boolean(),
    lastsMs: fc.integer({ min: 1, max: 3_000 }),
  }),
  { minLength: 1, maxLength: 15 },
);

interface Message {
  readonly atMs: number;
  readonly act: () => void;
}

/** A broker and its controller, each with its machine, and messages that take their time between them. */
class Pair {
  readonly #member = outside(timeoutMs);
  readonly #lives = unwatched(timeoutMs);
  #messages: Message[] = [];
  #delayMs = 1;
  #isLost = false;
  #nowMs = 0;
  isFenced = false;

  constructor() {
    this.#control({ type: "led", lives: [] });
    this.#broker({ type: "located" });
  }

  pass({ delayMs, isLost, breaks, lastsMs }: { delayMs: number; isLost: boolean; breaks: boolean; lastsMs: number }): void {
    this.#delayMs = delayMs;
    this.#isLost = isLost;
    const { stream } = this.#member;
    if (breaks) {
      this.#broker({ type: "broken", stream, code: "CONNECTION_FAILED" });
      this.#control({ type: "broken", broker, stream });
    }
    for (const endMs = this.#nowMs + lastsMs; this.#nowMs < endMs && !this.isFenced;) this.#millisecond();
  }

  #millisecond(): void {
    this.#nowMs++;
    const due = this.#messages.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#messages = this.#messages.filter(({ atMs }) => atMs > this.#nowMs);
    for (const { act } of due) act();
    if (this.#nowMs % tickMs === 0) this.#control({ type: "ticked" });
    if (this.#member.dueMs !== undefined && this.#nowMs >= this.#member.dueMs) this.#broker({ type: "due" });
    if (this.isFenced) expect(mayLead(this.#member, this.#nowMs)).toBe(false);
  }

  #broker(event: MembershipEvent): void {
    for (const effect of stepMembership(this.#member, event, this.#nowMs)) {
      if (effect.type === "open") this.#send(() => this.#register(effect.stream));
      if (effect.type === "heartbeat") this.#send(() => this.#hear(effect.stream, effect.heartbeat));
      if (effect.type === "close") this.#send(() => this.#control({ type: "broken", broker, stream: effect.stream }));
    }
  }

  #control(event: LivesEvent): void {
    for (const effect of stepLives(this.#lives, event, this.#nowMs)) {
      if (effect.type === "fence") this.isFenced = true;
      if (effect.type === "dial")
        this.#send(() => this.#control({ type: "answered", broker, dial: effect.dial, answer: { broker, incarnation } }));
    }
  }

  #register(stream: number): void {
    if (this.isFenced) return;
    this.#control({ type: "began", stream, broker, epoch, incarnation });
    this.#send(() => this.#broker({ type: "registered", stream, epoch }));
  }

  #hear(stream: number, heartbeat: number): void {
    this.#control({ type: "heard", broker, stream });
    if (this.#lives.lives.get(broker)?.stream === stream) this.#send(() => this.#broker({ type: "answered", stream, heartbeat }));
  }

  #send(act: () => void): void {
    if (!this.#isLost) this.#messages.push({ atMs: this.#nowMs + this.#delayMs, act });
  }
}

test("whatever becomes of the messages, a broker has ceased to lead by the time it is fenced", () => {
  let fenced = 0;
  fc.assert(
    fc.property(weather, (all) => {
      const pair = new Pair();
      for (const one of all) pair.pass(one);
      if (pair.isFenced) fenced++;
    }),
    { numRuns: 300 },
  );
  expect(fenced).toBeGreaterThan(10);
});
