import type { MembershipEffect } from "./membership-events.ts";

/**
 * The heartbeats of one member, and when the group last heard it. All times are of the monotonic clock.
 *
 * The session is counted from the moment when the last answered heartbeat was sent: the coordinator can only have heard it later.
 */
export class Pulse {
  readonly #intervalMs: number;
  readonly #sessionTimeoutMs: number;
  #isAwaited = false;
  #heardMs = 0;
  #sentMs = 0;
  #wakeDueMs = 0;
  #blockedMs = 0;

  constructor(intervalMs: number, sessionTimeoutMs: number) {
    this.#intervalMs = intervalMs;
    this.#sessionTimeoutMs = sessionTimeoutMs;
  }

  /** A heartbeat has been sent, and is not answered. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  sent(nowMs: number): void {
    this.#isAwaited = true;
    this.#sentMs = nowMs;
  }

  /** The last heartbeat was answered, whether with good news or not. */
  answered(): void {
    this.#isAwaited = false;
    this.heard(this.#sentMs);
  }

  /** Nobody waits for the last heartbeat any more. */
  ended(): void {
    this.#isAwaited = false;
  }

  /** The coordinator cannot have heard of this member before. */
  heard(sentMs: number): void {
    this.#heardMs = sentMs;
    this.#blockedMs = 0;
  }

  /** The wake of the next heartbeat. */
  next(nowMs: number): MembershipEffect {
    return this.after(this.#intervalMs, nowMs);
  }

  after(afterMs: number, nowMs: number): MembershipEffect {
    this.#wakeDueMs = nowMs + afterMs;
    return { type: "wake", afterMs };
  }

  woken(nowMs: number): void {
    this.#blockedMs = Math.max(this.#blockedMs, nowMs - this.#wakeDueMs);
  }

  /** The coordinator has not heard of the member for longer than a session, as far as anybody here can know. */
  isSessionOver(nowMs: number): boolean {
    return nowMs - this.#heardMs > this.#sessionTimeoutMs;
  }

  /** The longest that the event loop kept a wake waiting since the coordinator last heard the member: when that alone explains the silence. */
  get silencedByLoopMs(): number | undefined {
    return this.#blockedMs + this.#intervalMs < this.#sessionTimeoutMs ? undefined : this.#blockedMs;
  }
}
