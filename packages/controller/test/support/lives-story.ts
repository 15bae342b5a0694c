import { BrokerEpoch, BrokerId } from "@millrace/vocabulary";
import { type Answer, type LivesEffect, type LivesEvent, stepLives, tickMs, unwatched } from "../../src/sessions/lives.ts";
import { type Words, wordsOf } from "./requests.ts";
import { uuid } from "./world.ts";

/** The session time-out of stories. */
const timeoutMs = 2_000;

/** Carries out a story about the lives of brokers, and writes down what their controller does. Times are milliseconds of the story. */
export class LivesStory {
  readonly #state = unwatched(timeoutMs);
  readonly #trace: string[] = [];
  #nowMs = 0;

  tell(line: string): string[] {
    const [, command, rest] = /^(\S+)\s*(.*)$/.exec(line)!;
    this.#carryOut(command!, wordsOf(rest!));
    return this.#trace.splice(0);
  }

  #carryOut(command: string, words: Words): void {
    const broker = BrokerId(Number(words.bare[0]));
    const stream = Number(words.bare[1]?.slice(1));
    switch (command) {
      case "lead":
        return this.#step({ type: "led", lives: words.bare.map((text) => life(Number(text), words)) });
      case "resign":
        return this.#step({ type: "resigned" });
      case "begin":
        return this.#step({ type: "began", stream: words.bare[1] === "own" ? undefined : stream, ...life(broker, words) });
      case "hear":
        return this.#step({ type: "heard", broker, stream });
      case "break":
        return this.#step({ type: "broken", broker, stream });
      case "answer":
        return this.#step({ type: "answered", broker, dial: Number(words.named.get("dial")), answer: answer(broker, words) });
      case "contest":
        return this.#step({ type: "contested", broker });
      case "end":
        return this.#step({ type: "ended", broker, epoch: life(broker, words).epoch });
      case "wait":
        return this.#wait(Number(words.bare[0]));
      case "stall":
        this.#nowMs += Number(words.bare[0]);
        return this.#step({ type: "ticked" });
      default:
        throw new Error(`no such command: ${command}`);
    }
  }

  #wait(ms: number): void {
    for (const endMs = this.#nowMs + ms; this.#nowMs < endMs;) {
      this.#nowMs += tickMs;
      this.#step({ type: "ticked" });
    }
  }

  #step(event: LivesEvent): void {
    for (const effect of stepLives(this.#state, event, this.#nowMs)) this.#trace.push(`${this.#nowMs} ${print(effect)}`);
  }
}

/** The first life has the epoch 10, the second one 20. */
function life(broker: number, { named }: Words) {
  const number = Number(named.get("life") ?? 1);
  return {
    broker: BrokerId(broker),
    epoch: BrokerEpoch(Number(named.get("epoch") ?? number * 10)),
    incarnation: uuid(broker * 100 + number),
  };
}

function answer(broker: BrokerId, words: Words): Answer {
  const [, what] = words.bare;
  if (what === "refused" || what === "none") return what;
  return { broker: BrokerId(Number(words.named.get("broker") ?? broker)), incarnation: life(broker, words).incarnation };
}

function print(effect: LivesEffect): string {
  switch (effect.type) {
    case "dial":
      return `dial ${effect.broker} epoch=${effect.epoch} dial=${effect.dial}`;
    case "fence":
      return `fence ${effect.broker} epoch=${effect.epoch} ${effect.cause}`;
    case "close":
      return `close ${effect.broker} s${effect.stream}`;
  }
}
