import type { BrokerEpoch, ErrorCode } from "@millrace/vocabulary";

/**
 * A broker's place in its cluster, as the broker sees it: it opens a stream to the active controller, registers, and is heard from
 * every quarter of the session time-out. Each heartbeat is answered; one that was answered lets the broker lead until the time-out
 * has passed since it was *sent*, which is never later than the controller's own count of it. A stream that breaks or stays silent
 * is given up, and another one is tried after 20 to 500 ms; at once where the other end says who leads.
 */
export interface MembershipState {
  /** `broker.session.timeout.ms` */
  readonly timeoutMs: number;
  phase: "away" | "registering" | "member" | "over";
  /** Numbers streams: what is said about an earlier one is passed over. */
  stream: number;
  /** Streams in a row that came to nothing. */
  failures: number;
  /** The latest stream was opened at once, since the one before it had said where the controller is. */
  isRedirected: boolean;
  /** When `due` is to come; undefined: not by itself. */
  dueMs: number | undefined;
  /** When the latest stream was opened, and the registration sent. */
  openedMs: number;
  /** Numbers heartbeats, each once. */
  heartbeat: number;
  /** Heartbeats of this stream without an answer yet, by number: when each was sent. */
  readonly unanswered: Map<number, number>;
  /** Until then this broker may lead, unless it is heard again. */
  leaseEndMs: number;
  epoch: BrokerEpoch | undefined;
  /** Since when another process has been using this broker's id. */
  duplicateSinceMs: number | undefined;
}

export type MembershipEvent =
  /** Where the active controller is, or may be, became known; or it is another one now. */
  | { readonly type: "located" }
  | { readonly type: "registered"; readonly stream: number; readonly epoch: BrokerEpoch }
  | { readonly type: "answered"; readonly stream: number; readonly heartbeat: number }
  /** `isRedirected`: the other end does not lead, and has said who does. */
  | { readonly type: "broken"; readonly stream: number; readonly code: ErrorCode; readonly isRedirected?: boolean }
  | { readonly type: "due" }
  | { readonly type: "left" };

export type MembershipEffect =
  /** Open a stream to the active controller and register on it. */
  | { readonly type: "open"; readonly stream: number }
  | { readonly type: "heartbeat"; readonly stream: number; readonly heartbeat: number }
  | { readonly type: "close"; readonly stream: number }
  /** The cluster will not have this broker. Nothing follows. */
  | { readonly type: "fail"; readonly code: ErrorCode };

/** Back-off: doubled from stream to stream that comes to nothing. */
const retryMsMin = 20;
const retryMsMax = 500;
/** Heartbeats in a session time-out: three may be late before a session is. */
const heartbeatsPerTimeout = 4;
/** Session time-outs after which another process of this broker's id must be alive, since a dead one is fenced by then. */
const duplicateTimeouts = 3;

/** A registration that these refuse would be refused again. */
const final: ReadonlySet<ErrorCode> = new Set([
  "INCONSISTENT_CLUSTER_ID",
  "UNSUPPORTED_VERSION",
  "INVALID_REGISTRATION",
  "BROKER_ID_NOT_REGISTERED",
  "LEVEL_UNKNOWN",
]);

export function outside(timeoutMs: number): MembershipState {
  return {
    timeoutMs,
    phase: "away",
    stream: 0,
    failures: 0,
    isRedirected: false,
    dueMs: undefined,
    openedMs: -Infinity,
    heartbeat: 0,
    unanswered: new Map(),
    leaseEndMs: -Infinity,
    epoch: undefined,
    duplicateSinceMs: undefined,
  };
}

/** Whether this broker may act as a leader: the controller cannot have given it up yet. */
export function mayLead({ leaseEndMs }: MembershipState, nowMs: number): boolean {
  return nowMs < leaseEndMs;
}

/** What happens next. Changes `state`; `state.dueMs` then says when to come with `due`. */
export function stepMembership(state: MembershipState, event: MembershipEvent, nowMs: number): MembershipEffect[] {
  if (state.phase === "over") return [];
  switch (event.type) {
    case "located":
      return located(state, nowMs);
    case "registered":
      return event.stream === state.stream ? registered(state, event.epoch, nowMs) : [];
    case "answered":
      return event.stream === state.stream ? answered(state, event.heartbeat) : [];
    case "broken":
      return event.stream === state.stream && state.phase !== "away" ? broken(state, event, nowMs) : [];
    case "due":
      return due(state, nowMs);
    case "left":
      return left(state);
  }
}

/** Another leader ends the stream to the one before, and is tried at once. */
function located(state: MembershipState, nowMs: number): MembershipEffect[] {
  const closed: MembershipEffect[] = state.phase === "away" ? [] : [{ type: "close", stream: state.stream }];
  state.failures = 0;
  return [...closed, ...open(state, nowMs)];
}

function open(state: MembershipState, nowMs: number): MembershipEffect[] {
  state.phase = "registering";
  state.stream++;
  state.openedMs = nowMs;
  state.unanswered.clear();
  return [{ type: "open", stream: state.stream }, ...heartbeat(state, nowMs)];
}

/** The registration was the first that the controller heard of this stream. */
function registered(state: MembershipState, epoch: BrokerEpoch, nowMs: number): MembershipEffect[] {
  state.phase = "member";
  state.failures = 0;
  state.isRedirected = false;
  state.duplicateSinceMs = undefined;
  state.epoch = epoch;
  extendLease(state, state.openedMs);
  return heartbeat(state, nowMs);
}

/** Until this life is registered, an answer says that the controller is there, and no more. */
function answered(state: MembershipState, number: number): MembershipEffect[] {
  const sentMs = state.unanswered.get(number);
  if (sentMs === undefined) return [];
  if (state.phase === "member") extendLease(state, sentMs);
  for (const earlier of state.unanswered.keys()) if (earlier <= number) state.unanswered.delete(earlier);
  return [];
}

function extendLease(state: MembershipState, sentMs: number): void {
  state.leaseEndMs = Math.max(state.leaseEndMs, sentMs + state.timeoutMs);
}

function heartbeat(state: MembershipState, nowMs: number): MembershipEffect[] {
  state.dueMs = nowMs + state.timeoutMs / heartbeatsPerTimeout;
  state.unanswered.set(++state.heartbeat, nowMs);
  return [{ type: "heartbeat", stream: state.stream, heartbeat: state.heartbeat }];
}

type Break = Pick<Extract<MembershipEvent, { type: "broken" }>, "code" | "isRedirected">;

function broken(state: MembershipState, { code, isRedirected = false }: Break, nowMs: number): MembershipEffect[] {
  if (code === "DUPLICATE_BROKER_REGISTRATION") state.duplicateSinceMs ??= nowMs;
  const isDuplicate = state.duplicateSinceMs !== undefined && nowMs - state.duplicateSinceMs >= duplicateTimeouts * state.timeoutMs;
  if (final.has(code) || (code === "DUPLICATE_BROKER_REGISTRATION" && isDuplicate)) {
    state.phase = "over";
    state.dueMs = undefined;
    return [{ type: "fail", code }];
  }
  state.phase = "away";
  state.dueMs = nowMs + pauseMs(state, isRedirected);
  return [];
}

/** Where the controller is said to be is tried at once; not twice in a row, since two nodes may each believe it of the other. */
function pauseMs(state: MembershipState, isRedirected: boolean): number {
  state.isRedirected = isRedirected && !state.isRedirected;
  return state.isRedirected ? 0 : Math.min(retryMsMax, retryMsMin * 2 ** state.failures++);
}

function due(state: MembershipState, nowMs: number): MembershipEffect[] {
  if (state.dueMs === undefined || nowMs < state.dueMs) return [];
  if (state.phase === "away") return open(state, nowMs);
  const [oldestSentMs = nowMs] = state.unanswered.values();
  if (nowMs - oldestSentMs < state.timeoutMs) return heartbeat(state, nowMs);
  return [{ type: "close", stream: state.stream }, ...broken(state, { code: "REQUEST_TIMED_OUT" }, nowMs)];
}

function left(state: MembershipState): MembershipEffect[] {
  const closed: MembershipEffect[] = state.phase === "away" ? [] : [{ type: "close", stream: state.stream }];
  state.phase = "over";
  state.dueMs = undefined;
  state.leaseEndMs = -Infinity;
  return closed;
}
