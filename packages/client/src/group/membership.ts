import type { JoinResponse } from "@millrace/contracts/groups";
import { type ErrorCode, MillraceError } from "@millrace/vocabulary";
import type { MembershipEffect, MembershipEvent } from "./membership-events.ts";
import { Pulse } from "./pulse.ts";

/** What a member is and how it behaves. */
export interface MembershipOptions {
  /** A member that is not heard of for so long is taken out of its group. */
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** A static member: when it comes back under the same id within its session, nothing moves. */
  readonly isStatic: boolean;
  /** How long to wait after the given number of failures in a row. */
  backoffMs(failures: number): number;
}

/** `releasing`: partitions are given back in order; `dropping`: they were lost. */
type Phase = "idle" | "finding" | "joining" | "computing" | "syncing" | "stable" | "releasing" | "dropping" | "over";

/** The coordinator is another broker now, or cannot be reached: look for it. */
const moved: ReadonlySet<ErrorCode> = new Set([
  "NOT_COORDINATOR",
  "COORDINATOR_NOT_AVAILABLE",
  "CONNECTION_FAILED",
  "REQUEST_TIMED_OUT",
  "CLOSED",
]);

/** The group has gone on without this member. */
const evicted: ReadonlySet<ErrorCode> = new Set(["UNKNOWN_MEMBER_ID", "ILLEGAL_GENERATION"]);

/**
 * One member of a classic group: finds the coordinator, joins, is assigned partitions, keeps its session alive, and gives the
 * partitions back whenever the group rebalances (eagerly: all of them, before it joins again).
 *
 * A session is kept by heartbeats alone, whatever handlers do. Partitions are held as long as the session may last: a
 * coordinator that is away does not take them, until `sessionTimeoutMs` have passed since it was last heard.
 */
export class Membership {
  readonly #options: MembershipOptions;
  #phase: Phase = "idle";
  #memberId = "";
  #generationId = -1;
  #ticket = 0;
  #failures = 0;
  /** What is put off until the next `woken`. */
  #putOff: "find" | "join" | undefined;
  #hasCoordinator = false;
  readonly #pulse: Pulse;

  constructor(options: MembershipOptions) {
    this.#options = options;
    this.#pulse = new Pulse(options.heartbeatIntervalMs, options.sessionTimeoutMs);
  }

  get memberId(): string {
    return this.#memberId;
  }

  /** -1: none. */
  get generationId(): number {
    return this.#generationId;
  }

  step(event: MembershipEvent, nowMs: number): MembershipEffect[] {
    if (this.#phase === "over") return [];
    if ("ticket" in event && event.ticket !== this.#ticket) return [];
    switch (event.type) {
      case "begun":
        return this.#find();
      case "found":
        return this.#found(nowMs);
      case "joined":
        return this.#joined(event.response);
      case "computed":
        return this.#sync(event.assignments);
      case "synced":
        return this.#synced(event.assignment, nowMs);
      case "beaten":
        return this.#beaten(nowMs);
      case "failed":
        return this.#failed(event.error, nowMs);
      case "released":
        return this.#phase === "releasing" || this.#phase === "dropping" ? this.#enter() : [];
      case "woken":
        return this.#woken(nowMs);
      case "outdated":
        return this.#phase === "stable" ? this.#release() : [];
      case "left":
        return this.#leave();
    }
  }

  #find(): MembershipEffect[] {
    this.#hasCoordinator = false;
    if (!this.#holdsPartitions) this.#phase = "finding";
    return [{ type: "find", ticket: ++this.#ticket }];
  }

  #found(nowMs: number): MembershipEffect[] {
    this.#hasCoordinator = true;
    return this.#holdsPartitions ? this.#beat(nowMs) : this.#join();
  }

  /** Partitions are held, or being given back: the session is kept up. */
  get #holdsPartitions(): boolean {
    return this.#phase === "stable" || this.#phase === "releasing";
  }

  /** Joins, from the coordinator on where it is not known. */
  #enter(): MembershipEffect[] {
    this.#phase = "joining";
    return this.#hasCoordinator ? this.#join() : this.#find();
  }

  #join(): MembershipEffect[] {
    this.#phase = "joining";
    this.#pulse.ended();
    return [{ type: "join", ticket: ++this.#ticket, memberId: this.#memberId }];
  }

  #joined({ generationId, memberId, leader, skipAssignment, members }: JoinResponse): MembershipEffect[] {
    this.#failures = 0;
    this.#generationId = generationId;
    this.#memberId = memberId;
    if (leader !== memberId || skipAssignment) return this.#sync(new Map());
    this.#phase = "computing";
    return [{ type: "compute", ticket: ++this.#ticket, members }];
  }

  #sync(assignments: ReadonlyMap<string, Buffer>): MembershipEffect[] {
    this.#phase = "syncing";
    return [{ type: "sync", ticket: ++this.#ticket, assignments }];
  }

  #synced(assignment: Buffer, nowMs: number): MembershipEffect[] {
    this.#phase = "stable";
    this.#failures = 0;
    this.#pulse.heard(nowMs);
    return [{ type: "assigned", assignment }, this.#pulse.next(nowMs)];
  }

  #beat(nowMs: number): MembershipEffect[] {
    this.#pulse.sent(nowMs);
    return [{ type: "beat", ticket: ++this.#ticket }, this.#pulse.next(nowMs)];
  }

  #beaten(nowMs: number): MembershipEffect[] {
    this.#failures = 0;
    this.#pulse.answered();
    return this.#holdsPartitions ? [this.#pulse.next(nowMs)] : [];
  }

  #woken(nowMs: number): MembershipEffect[] {
    this.#pulse.woken(nowMs);
    const putOff = this.#putOff;
    this.#putOff = undefined;
    if (this.#isSessionOver(nowMs)) return this.#lose(this.#whyLost("REQUEST_TIMED_OUT"));
    if (putOff === "find") return this.#find();
    if (putOff === "join") return this.#enter();
    if (!this.#holdsPartitions) return [];
    return this.#pulse.isAwaited || !this.#hasCoordinator ? [this.#pulse.next(nowMs)] : this.#beat(nowMs);
  }

  /** Nobody has answered for so long that others may have the partitions. A loop that was blocked asks first. */
  #isSessionOver(nowMs: number): boolean {
    const isSilent = this.#holdsPartitions && (this.#pulse.isAwaited || !this.#hasCoordinator);
    return isSilent && this.#pulse.isSessionOver(nowMs);
  }

  #failed(error: MillraceError, nowMs: number): MembershipEffect[] {
    this.#pulse.ended();
    if (moved.has(error.code)) return this.#later("find", nowMs);
    return this.#holdsPartitions ? this.#beatFailed(error, nowMs) : this.#enteringFailed(error, nowMs);
  }

  #beatFailed(error: MillraceError, nowMs: number): MembershipEffect[] {
    if (error.code === "REBALANCE_IN_PROGRESS") return this.#rebalance(nowMs);
    if (evicted.has(error.code)) return this.#lose(this.#whyLost(error.code));
    if (error.retriable) return [this.#pulse.next(nowMs)];
    return [...this.#lose(error), ...this.#stop(error)];
  }

  /** The session is kept up while the partitions are given back. */
  #rebalance(nowMs: number): MembershipEffect[] {
    this.#pulse.answered();
    const wake = this.#pulse.next(nowMs);
    return this.#phase === "stable" ? [...this.#release(), wake] : [wake];
  }

  #enteringFailed(error: MillraceError, nowMs: number): MembershipEffect[] {
    switch (error.code) {
      case "MEMBER_ID_REQUIRED":
        this.#memberId = String(error.facts["memberId"] ?? "");
        return this.#join();
      case "UNKNOWN_MEMBER_ID":
        this.#memberId = "";
        return this.#later("join", nowMs);
      case "ILLEGAL_GENERATION":
      case "REBALANCE_IN_PROGRESS":
        return this.#later("join", nowMs);
      default:
        return error.retriable ? this.#later("join", nowMs) : this.#stop(error);
    }
  }

  #later(what: "find" | "join", nowMs: number): MembershipEffect[] {
    this.#putOff = what;
    if (what === "find") this.#hasCoordinator = false;
    this.#ticket++; // no answer to anything is waited for
    return [this.#pulse.after(this.#options.backoffMs(this.#failures++), nowMs)];
  }

  #lose(error: MillraceError): MembershipEffect[] {
    if (error.code === "UNKNOWN_MEMBER_ID" || error.code === "HANDLER_BLOCKED_EVENT_LOOP") this.#memberId = "";
    this.#generationId = -1;
    this.#phase = "dropping";
    return [{ type: "release", error }];
  }

  /** A loop that was blocked for longer than the session is why nobody heard of this member. */
  #whyLost(code: ErrorCode): MillraceError {
    const { sessionTimeoutMs } = this.#options;
    const blockedMs = this.#pulse.silencedByLoopMs;
    if (blockedMs === undefined) return new MillraceError(code, { sessionTimeoutMs });
    return new MillraceError("HANDLER_BLOCKED_EVENT_LOOP", { blockedMs: Math.round(blockedMs), sessionTimeoutMs });
  }

  #release(): MembershipEffect[] {
    this.#phase = "releasing";
    return [{ type: "release", error: undefined }];
  }

  #stop(error: MillraceError): MembershipEffect[] {
    this.#phase = "over";
    return [{ type: "stopped", error }];
  }

  /** A static member does not leave: it may come back. */
  #leave(): MembershipEffect[] {
    this.#phase = "over";
    this.#ticket++;
    return this.#memberId !== "" && !this.#options.isStatic ? [{ type: "leave", memberId: this.#memberId }] : [];
  }
}
