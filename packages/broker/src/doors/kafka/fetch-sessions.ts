import type { Clock, RandomStream } from "@millrace/runtime";
import { int32Max, MillraceError } from "@millrace/vocabulary";
import type { Fetched } from "../../operations/fetch.ts";
import { type FetchSession, follow, remember, type SessionTarget, tellChanges } from "./fetch-session.ts";

/** A session that nobody used for so long gives way to a new one (Kafka's min.incremental.fetch.session.eviction.ms). */
const evictionMs = 120_000;
/** «No session»: of a request that wants none, of an answer that opens none. */
const noSession = 0;
const initialEpoch = 0;
const finalEpoch = -1;

/** What a fetch request says about its session (KIP-227). */
export interface SessionRequest {
  readonly sessionId: number;
  readonly sessionEpoch: number;
  /** Whether topics are named by id: a session does not mix. */
  readonly usesTopicIds: boolean;
  readonly targets: readonly SessionTarget[];
  /** Keys of partitions that leave the session. */
  readonly forgotten: readonly string[];
}

/** One fetch, as its session completes it. */
export interface FetchContext {
  /** Of the answer; 0: none. */
  readonly sessionId: number;
  /** Everything to be read, in order. */
  readonly targets: readonly SessionTarget[];
  /** Indexes of the answers that the client must be told; the session remembers what it was told. */
  tell(answers: readonly Fetched[]): number[];
}

/**
 * Fetch sessions: a client that follows many partitions names them once, then only what changes, and is answered only what
 * changed. Sessions belong to the broker, not to a connection.
 */
export class FetchSessions {
  readonly #clock: Clock;
  readonly #random: RandomStream;
  readonly #slotsMax: () => number;
  /** The least recently used one first. */
  readonly #sessions = new Map<number, FetchSession>();

  constructor(options: { clock: Clock; random: RandomStream; slotsMax: () => number }) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#slotsMax = options.slotsMax;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Throws FETCH_SESSION_ID_NOT_FOUND, INVALID_FETCH_SESSION_EPOCH, FETCH_SESSION_TOPIC_ID_ERROR: for the answer as a whole. */
  context(request: SessionRequest): FetchContext {
    if (request.sessionEpoch === initialEpoch || request.sessionEpoch === finalEpoch) {
      this.#sessions.delete(request.sessionId);
      return request.sessionEpoch === finalEpoch ? withoutSession(request.targets) : this.#open(request);
    }
    return this.#continue(request);
  }

  #open(request: SessionRequest): FetchContext {
    if (request.targets.length === 0 || !this.#makeRoom(request.targets.length)) return withoutSession(request.targets);
    const nowMs = this.#clock.monotonicMs();
    const session: FetchSession = {
      id: this.#newId(),
      usesTopicIds: request.usesTopicIds,
      createdMs: nowMs,
      lastUsedMs: nowMs,
      epoch: nextEpoch(initialEpoch),
      partitions: new Map(),
    };
    follow(session, request.targets);
    this.#sessions.set(session.id, session);
    return {
      sessionId: session.id,
      targets: request.targets,
      tell: (answers) => {
        answers.forEach((answer, index) => remember(session, request.targets[index]!, answer));
        return [...answers.keys()];
      },
    };
  }

  #continue(request: SessionRequest): FetchContext {
    const session = this.#sessions.get(request.sessionId);
    if (session === undefined) throw new MillraceError("FETCH_SESSION_ID_NOT_FOUND", { sessionId: request.sessionId });
    if (session.epoch !== request.sessionEpoch)
      throw new MillraceError("INVALID_FETCH_SESSION_EPOCH", { sessionId: session.id, epoch: session.epoch, asked: request.sessionEpoch });
    if (session.usesTopicIds !== request.usesTopicIds)
      throw new MillraceError("FETCH_SESSION_TOPIC_ID_ERROR", { sessionId: session.id, usesTopicIds: session.usesTopicIds });
    follow(session, request.targets);
    for (const key of request.forgotten) session.partitions.delete(key);
    this.#touch(session);
    if (session.partitions.size === 0) {
      this.#sessions.delete(session.id);
      return withoutSession([]);
    }
    session.epoch = nextEpoch(session.epoch);
    const targets = [...session.partitions.values()].map(({ target }) => target);
    return { sessionId: session.id, targets, tell: (answers) => tellChanges(session, targets, answers) };
  }

  #touch(session: FetchSession): void {
    session.lastUsedMs = this.#clock.monotonicMs();
    this.#sessions.delete(session.id);
    this.#sessions.set(session.id, session);
  }

  /** Whether there is a slot, after the session that is least worth one has given way. */
  #makeRoom(partitions: number): boolean {
    const slotsMax = this.#slotsMax();
    if (this.#sessions.size < slotsMax) return true;
    const nowMs = this.#clock.monotonicMs();
    const [oldest] = this.#sessions.values();
    const isIdle = oldest !== undefined && nowMs - oldest.lastUsedMs >= evictionMs;
    const victim = isIdle ? oldest : this.#smallestBelow(partitions, nowMs);
    if (victim !== undefined) this.#sessions.delete(victim.id);
    return this.#sessions.size < slotsMax;
  }

  /** A larger session saves more, so it may take the place of a smaller one that had its time. */
  #smallestBelow(partitions: number, nowMs: number): FetchSession | undefined {
    let smallest: FetchSession | undefined;
    for (const session of this.#sessions.values()) {
      if (nowMs - session.createdMs < evictionMs || session.partitions.size >= partitions) continue;
      if (smallest === undefined || session.partitions.size < smallest.partitions.size) smallest = session;
    }
    return smallest;
  }

  #newId(): number {
    for (;;) {
      const id = 1 + this.#random.below(int32Max);
      if (!this.#sessions.has(id)) return id;
    }
  }
}

function withoutSession(targets: readonly SessionTarget[]): FetchContext {
  return { sessionId: noSession, targets, tell: (answers) => [...answers.keys()] };
}

/** After 2^31 - 1 comes 1: 0 would begin anew. */
function nextEpoch(epoch: number): number {
  return epoch === int32Max ? 1 : epoch + 1;
}
