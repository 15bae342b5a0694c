import { MillraceError } from "@millrace/vocabulary";
import type { Decision, Moment, ShardMachine, Ticket } from "../../src/shard/machine.ts";
import { Step } from "../../src/shard/step.ts";

/** What a register may be asked. */
export type RegisterRequest =
  /** Writes each value in turn; answers the last. A note changes nothing else. */
  | { readonly type: "write" | "note"; readonly values: readonly number[] }
  | { readonly type: "read" | "refuse" | "park" | "wake" | "break" }
  /** Is answered when so much time has passed. */
  | { readonly type: "sleep"; readonly ms: number }
  /** Takes so many turns, writing the number of turns left in each. */
  | { readonly type: "toil"; readonly turns: number };

/** A shard as small as can be: one number. */
export class RegisterMachine implements ShardMachine<RegisterRequest, number> {
  value = 0;
  readonly #parked: Ticket<number>[] = [];
  readonly #sleeping: { readonly atMs: number; readonly ticket: Ticket<number> }[] = [];
  readonly #toilsLeft = new Map<number, number>();

  decide(request: RegisterRequest, ticket: Ticket<number>, now: Moment): Decision<number> {
    const step = new Step<this, number>(this, now);
    switch (request.type) {
      case "write":
      case "note":
        step.onlyWrites = request.type === "note";
        for (const value of request.values) step.write(registerEntry(value));
        step.answer(ticket, request.values.at(-1)!);
        break;
      case "read":
        step.answer(ticket, this.value);
        break;
      case "refuse":
        step.refuse(ticket, new MillraceError("ILLEGAL_GENERATION"));
        break;
      case "park":
        this.#parked.push(ticket);
        break;
      case "wake":
        for (const parked of this.#parked.splice(0)) step.answer(parked, this.value);
        step.answer(ticket, this.value);
        break;
      case "sleep":
        this.#sleeping.push({ atMs: now.monotonicMs + request.ms, ticket });
        break;
      case "toil":
        this.#toil(step, request.turns, ticket);
        break;
      case "break":
        this.value = NaN;
        throw new Error("a bug");
    }
    return step;
  }

  get nextDeadlineMs(): number {
    return Math.min(Infinity, ...this.#sleeping.map(({ atMs }) => atMs));
  }

  tick(now: Moment): Decision<number> {
    const step = new Step<this, number>(this, now);
    const due = this.#sleeping.findIndex(({ atMs }) => atMs <= now.monotonicMs);
    if (due >= 0) step.answer(this.#sleeping.splice(due, 1)[0]!.ticket, this.value);
    return step;
  }

  apply(value: number): void {
    this.value = value;
  }

  applyMarker(): void {}

  decode(key: Buffer, value: Buffer | null): number {
    if (key.readInt16BE(0) !== 0) throw new MillraceError("UNSUPPORTED_VERSION", { kind: key.readInt16BE(0) });
    if (value?.length !== 8) throw new MillraceError("DATA_DAMAGED", { bytes: value?.length });
    return value.readDoubleBE(0);
  }

  loaded(now: Moment): Decision<number> {
    return new Step<this, number>(this, now);
  }

  #toil(step: Step<this, number>, turns: number, ticket: Ticket<number>): void {
    const left = (this.#toilsLeft.get(ticket.number) ?? turns) - 1;
    this.#toilsLeft.set(ticket.number, left);
    step.write(registerEntry(left));
    step.isUnfinished = left > 0;
    if (left === 0) step.answer(ticket, left);
  }
}

/** The record that sets the register. */
export function registerEntry(stored: number) {
  const value = Buffer.alloc(8);
  value.writeDoubleBE(stored, 0);
  return { stored, key: Buffer.from([0, 0]), value };
}
