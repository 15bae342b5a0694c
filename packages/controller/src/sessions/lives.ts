import { assert, type BrokerEpoch, type BrokerId, type Uuid } from "@millrace/vocabulary";

/**
 * The lives of brokers, as the active controller sees them. A life goes on while its session does: a stream on which it is heard
 * from. A stream that breaks says little, so the controller dials the broker's address and asks who is there. Refused, or another
 * incarnation: that life is over, and is fenced at once. The same incarnation, or no answer: it has until the session time-out.
 * An answer counts only while it is about the latest stream. A controller that begins to lead has heard nobody, and dials all.
 */
export interface LivesState {
  /** `broker.session.timeout.ms` */
  readonly timeoutMs: number;
  /** Lives that are not fenced, one at most for each broker. Empty while this node does not lead. */
  readonly lives: Map<BrokerId, Life>;
  dials: number;
  /** When the clock was last looked at; undefined while this node does not lead. */
  tickedMs: number | undefined;
}

/** One life of a broker. */
export interface Life {
  readonly broker: BrokerId;
  readonly epoch: BrokerEpoch;
  readonly incarnation: Uuid;
  /** The stream of its session; undefined: it broke, or there was none in this term. */
  stream: number | undefined;
  /** Never goes back. */
  heardMs: number;
  /** The dial whose answer counts. */
  dial: number | undefined;
  /** It runs in this process, has no stream, and ends in order or together with the controller. */
  readonly isOwn: boolean;
}

export type LifeName = Pick<Life, "broker" | "epoch" | "incarnation">;

export type LivesEvent =
  /** This node leads; these lives are not fenced. */
  | { readonly type: "led"; readonly lives: readonly LifeName[] }
  | { readonly type: "resigned" }
  /** A life has registered, or has shown itself again; undefined: from within this process. Streams are numbered, each once. */
  | ({ readonly type: "began"; readonly stream: number | undefined } & LifeName)
  | { readonly type: "heard"; readonly broker: BrokerId; readonly stream: number }
  | { readonly type: "broken"; readonly broker: BrokerId; readonly stream: number }
  | { readonly type: "answered"; readonly broker: BrokerId; readonly dial: number; readonly answer: Answer }
  /** Another incarnation wants to register while this broker has a life. */
  | { readonly type: "contested"; readonly broker: BrokerId }
  /** The life has stopped in order, or its broker has left the cluster. */
  | { readonly type: "ended"; readonly broker: BrokerId; readonly epoch: BrokerEpoch }
  /** Comes every `tickMs`. */
  | { readonly type: "ticked" };

/** What came of a dial: nobody listens there; nobody answered in time; or who answered. */
export type Answer = "refused" | "none" | { readonly broker: BrokerId; readonly incarnation: Uuid };

export type LivesEffect =
  /** Ask who is at the registered address of this life; report `answered`. */
  | { readonly type: "dial"; readonly broker: BrokerId; readonly epoch: BrokerEpoch; readonly dial: number }
  | { readonly type: "fence"; readonly broker: BrokerId; readonly epoch: BrokerEpoch; readonly cause: FencingCause }
  /** The stream carries no session any more. */
  | { readonly type: "close"; readonly broker: BrokerId; readonly stream: number };

export type FencingCause = "refused" | "replaced" | "silent";

/** How late a silence may be noticed: a twentieth of the usual time-out. */
export const tickMs = 100;

export function unwatched(timeoutMs: number): LivesState {
  return { timeoutMs, lives: new Map(), dials: 0, tickedMs: undefined };
}

/** What happens next. Changes `state`. */
export function stepLives(state: LivesState, event: LivesEvent, nowMs: number): LivesEffect[] {
  switch (event.type) {
    case "led":
      return led(state, event.lives, nowMs);
    case "resigned":
      return resigned(state);
    case "began":
      return began(state, event, nowMs);
    case "heard":
      return heard(state, event, nowMs);
    case "broken":
      return broken(state, event);
    case "answered":
      return answered(state, event);
    case "contested":
      return contested(state, event.broker);
    case "ended":
      return ended(state, event);
    case "ticked":
      return ticked(state, nowMs);
  }
}

function led(state: LivesState, lives: readonly LifeName[], nowMs: number): LivesEffect[] {
  assert(state.lives.size === 0, "who begins to lead watches nobody yet");
  state.tickedMs = nowMs;
  return lives.flatMap((name) => {
    const life: Life = { ...name, stream: undefined, heardMs: nowMs, dial: undefined, isOwn: false };
    state.lives.set(life.broker, life);
    return dial(state, life);
  });
}

/** Brokers find the new leader sooner when their streams to this one end. */
function resigned(state: LivesState): LivesEffect[] {
  const streams = [...state.lives.values()].flatMap(closing);
  state.lives.clear();
  state.tickedMs = undefined;
  return streams;
}

function began(state: LivesState, { broker, epoch, incarnation, stream }: Extract<LivesEvent, { type: "began" }>, nowMs: number) {
  const before = state.lives.get(broker);
  assert(before === undefined || before.epoch <= epoch, "a broker's lives follow each other", { broker, epoch });
  state.lives.set(broker, { broker, epoch, incarnation, stream, heardMs: nowMs, dial: undefined, isOwn: stream === undefined });
  return before === undefined || before.stream === stream ? [] : closing(before);
}

function heard({ lives }: LivesState, { broker, stream }: { broker: BrokerId; stream: number }, nowMs: number): LivesEffect[] {
  const life = lives.get(broker);
  if (life?.stream === stream) life.heardMs = nowMs;
  return [];
}

function broken(state: LivesState, { broker, stream }: { broker: BrokerId; stream: number }): LivesEffect[] {
  const life = state.lives.get(broker);
  if (life?.stream !== stream) return [];
  life.stream = undefined;
  return dial(state, life);
}

function answered(state: LivesState, { broker, dial: number, answer }: Extract<LivesEvent, { type: "answered" }>): LivesEffect[] {
  const life = state.lives.get(broker);
  if (life?.dial !== number) return [];
  life.dial = undefined;
  if (answer === "none") return [];
  if (answer === "refused") return fence(state, life, "refused");
  return answer.broker === broker && answer.incarnation === life.incarnation ? [] : fence(state, life, "replaced");
}

/** While the life is heard from, its claim stands; otherwise the other incarnation may be what answers now. */
function contested(state: LivesState, broker: BrokerId): LivesEffect[] {
  const life = state.lives.get(broker);
  const isAsked = life === undefined || life.isOwn || life.stream !== undefined || life.dial !== undefined;
  return isAsked ? [] : dial(state, life);
}

function ended({ lives }: LivesState, { broker, epoch }: { broker: BrokerId; epoch: BrokerEpoch }): LivesEffect[] {
  if (lives.get(broker)?.epoch === epoch) lives.delete(broker);
  return [];
}

/** Time in which this process did not run is nobody's silence: what came in meanwhile has not been read yet. */
function ticked(state: LivesState, nowMs: number): LivesEffect[] {
  if (state.tickedMs === undefined) return [];
  const lateMs = Math.max(0, nowMs - state.tickedMs - 2 * tickMs);
  state.tickedMs = nowMs;
  const effects: LivesEffect[] = [];
  for (const life of state.lives.values()) {
    life.heardMs = Math.min(nowMs, life.heardMs + lateMs);
    if (!life.isOwn && nowMs - life.heardMs >= state.timeoutMs) effects.push(...fence(state, life, "silent"));
  }
  return effects;
}

function dial(state: LivesState, life: Life): LivesEffect[] {
  life.dial = ++state.dials;
  return [{ type: "dial", broker: life.broker, epoch: life.epoch, dial: life.dial }];
}

function fence(state: LivesState, life: Life, cause: FencingCause): LivesEffect[] {
  state.lives.delete(life.broker);
  return [...closing(life), { type: "fence", broker: life.broker, epoch: life.epoch, cause }];
}

function closing({ broker, stream }: Life): LivesEffect[] {
  return stream === undefined ? [] : [{ type: "close", broker, stream }];
}
