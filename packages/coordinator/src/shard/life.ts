import { MillraceError } from "@millrace/vocabulary";
import type { Reply, Ticket } from "./machine.ts";
import { ReplyQueue } from "./reply-queue.ts";

interface Holder {
  resolve(answer: any): void;
  reject(error: MillraceError): void;
}

/** One machine and the requests that are open with it: parked, or answered and waiting for the commit. */
export class Life<Machine> {
  readonly machine: Machine;
  /** Whether the machine's state has been read. */
  isLoaded = false;
  /** One past the last record that the machine has applied; rises only. */
  appliedEnd = 0;
  readonly #replies = new ReplyQueue();
  readonly #open = new Map<number, Holder>();
  #tickets = 0;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  /** A ticket for a request, whose holder is told once. */
  open(holder: Holder): Ticket<any> {
    const ticket = { number: this.#tickets++ };
    this.#open.set(ticket.number, holder);
    return ticket;
  }

  /** Holds replies back until all that has been applied is committed. */
  hold(replies: readonly Reply[], expiresMs: number): void {
    for (const reply of replies) this.#replies.push(reply, this.appliedEnd, expiresMs);
  }

  /** Hands out what rests on nothing at or above the high watermark. */
  release(highWatermark: number): void {
    for (let reply = this.#replies.takeCommitted(highWatermark); reply !== undefined; reply = this.#replies.takeCommitted(highWatermark))
      this.#settle(reply);
  }

  /** When the first reply has waited too long; infinite where none waits. */
  get expiresMs(): number {
    return this.#replies.expiresMs;
  }

  /** Refuses what has waited too long with REQUEST_TIMED_OUT. */
  expire(nowMs: number): void {
    for (let reply = this.#replies.takeExpired(nowMs); reply !== undefined; reply = this.#replies.takeExpired(nowMs))
      this.reject(reply.ticket, new MillraceError("REQUEST_TIMED_OUT", { waitedFor: "commit" }));
  }

  reject(ticket: Ticket<any>, error: MillraceError): void {
    this.#settle({ ticket, error });
  }

  rejectAll(error: MillraceError): void {
    for (const holder of this.#open.values()) holder.reject(error);
    this.#open.clear();
  }

  #settle(reply: Reply): void {
    const { number } = reply.ticket;
    const holder = this.#open.get(number);
    this.#open.delete(number);
    if ("error" in reply) holder?.reject(reply.error);
    else holder?.resolve(reply.answer);
  }
}
