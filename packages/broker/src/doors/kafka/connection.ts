import type { Clock, Logger, MemoryAccount, MemoryBudget, Socket, SocketReceiver, Timer } from "@millrace/runtime";
import { codeOf, type Configuration, MillraceError, secondMs } from "@millrace/vocabulary";
import { FrameReader } from "./frame-reader.ts";
import { ResponseQueue, type Slot } from "./response-queue.ts";

/** A client that has been told that no more comes has so long to read what was sent, and to close. */
const lingerMs: number = secondMs;

/** What a connection asks of the door behind it. */
export interface FrameServer {
  /**
   * Whether this request may be begun while an earlier one of its kind is under way, as Kafka's producers do it with up to five.
   * The others wait for all before them, and all after them wait: what Kafka promises of one connection.
   */
  mayOverlap(frame: Buffer): boolean;
  /** Resolves to the parts of the answer, undefined where there is none. A rejection closes the connection. */
  serve(frame: Buffer, connection: KafkaConnection): Promise<readonly Buffer[] | undefined>;
}

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly listener: string;
  readonly server: FrameServer;
  readonly clock: Clock;
  readonly configuration: Configuration;
  readonly memory: MemoryBudget;
  readonly logger: Logger;
  readonly closed: (connection: KafkaConnection) => void;
}

/**
 * One connection that speaks Kafka's protocol: cuts frames, begins them in order, sends answers in that order, and stops
 * reading while too much is waiting.
 */
export class KafkaConnection implements SocketReceiver {
  readonly socket: Socket;
  readonly listener: string;
  /** Aborts when the client has gone: what waits for data on its behalf need not. */
  readonly signal: AbortSignal;
  readonly #options: ConnectionOptions;
  readonly #abort = new AbortController();
  readonly #frames: FrameReader;
  readonly #answers: ResponseQueue;
  readonly #requestAccount: MemoryAccount;
  readonly #responseAccount: MemoryAccount;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #underWay = 0;
  #underWayBytes = 0;
  #exclusive = false;
  #chargedRequestBytes = 0;
  /** Bytes of answers that are ready and have not gone out. */
  #answerBytes = 0;
  /** Those of them that the socket has taken and could not send at once. */
  #blockedBytes = 0;
  #isBlocked = false;
  #isPaused = false;
  #hasEnded = false;
  /** Why the connection will close: what came last is no request, or one that must not be answered. */
  #fault: { readonly reason: unknown } | undefined;
  #isClosed = false;
  #lingering: Timer | undefined;
  #lastActivityMs: number;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.socket = options.socket;
    this.listener = options.listener;
    this.signal = this.#abort.signal;
    this.#frames = new FrameReader(() => options.configuration.get("socket.request.max.bytes"));
    this.#answers = new ResponseQueue(
      (callback) => options.clock.afterTurn(callback),
      (parts) => this.#send(parts),
    );
    this.#requestAccount = options.memory.account("request");
    this.#responseAccount = options.memory.account("response");
    this.#lastActivityMs = options.clock.monotonicMs();
  }

  /** Monotonic time since which nothing has come or gone; undefined while a request is under way. */
  get idleSinceMs(): number | undefined {
    return this.#underWay > 0 && !this.#isBlocked ? undefined : this.#lastActivityMs;
  }

  data(chunk: Buffer): void {
    if (this.#isClosed || this.#fault !== undefined) return;
    this.#lastActivityMs = this.#options.clock.monotonicMs();
    if (this.#options.memory.pressure === "refuse")
      return this.close(new MillraceError("MEMORY_EXHAUSTED", { bytes: this.#options.memory.bytes }));
    try {
      this.#frames.add(chunk, (frame) => {
        this.#waiting.push(frame);
        this.#waitingBytes += frame.length;
      });
    } catch (error) {
      this.#fault = { reason: error };
    }
    this.#pump();
    this.#endIfDone();
  }

  /** Requests that came before the end are answered still; then the connection closes. */
  ended(): void {
    this.#hasEnded = true;
    this.#endIfDone();
  }

  drained(): void {
    this.#lastActivityMs = this.#options.clock.monotonicMs();
    this.#isBlocked = false;
    this.#sent(this.#blockedBytes);
    this.#blockedBytes = 0;
    this.#pump();
    this.#endIfDone();
  }

  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#lingering?.cancel();
    this.#waiting = [];
    this.#abort.abort();
    this.#requestAccount.release(this.#chargedRequestBytes);
    this.#chargedRequestBytes = 0;
    this.#sent(this.#answerBytes);
    this.#options.closed(this);
  }

  /** Closes at once. `reason` is logged where it is not the client's own going. */
  close(reason: unknown): void {
    if (this.#isClosed) return;
    if (reason !== undefined) this.#tell(reason);
    this.socket.destroy();
    this.closed();
  }

  #tell(reason: unknown): void {
    const level = reason instanceof MillraceError ? "debug" : "error";
    this.#options.logger[level]("connection closed", { remote: this.socket.remote, code: codeOf(reason), error: reason });
  }

  /** Looks again whether to read: the memory's pressure has changed. */
  reconsider(): void {
    if (!this.#isClosed) this.#throttle();
  }

  /** Begins what may be begun. */
  #pump(): void {
    while (this.#waiting.length > 0 && !this.#isBlocked && !this.#isClosed) {
      const frame = this.#waiting[0]!;
      const overlaps = this.#options.server.mayOverlap(frame);
      if (this.#underWay > 0 && (this.#exclusive || !overlaps)) break;
      this.#waiting.shift();
      this.#waitingBytes -= frame.length;
      this.#begin(frame, !overlaps);
    }
    if (!this.#isClosed) this.#throttle();
  }

  #begin(frame: Buffer, exclusive: boolean): void {
    this.#underWay++;
    this.#underWayBytes += frame.length;
    this.#exclusive = exclusive;
    const slot = this.#answers.slot();
    this.#options.server.serve(frame, this).then(
      (parts) => this.#answer(slot, parts, frame.length),
      (error: unknown) => this.#breakOff(slot, error, frame.length),
    );
  }

  /** Nothing behind such a request is begun; those before it are answered, as if each had come alone. */
  #breakOff(slot: Slot, reason: unknown, frameBytes: number): void {
    this.#fault ??= { reason };
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#answer(slot, undefined, frameBytes);
  }

  #answer(slot: Slot, parts: readonly Buffer[] | undefined, frameBytes: number): void {
    if (this.#isClosed) return;
    this.#underWay--;
    this.#underWayBytes -= frameBytes;
    const bytes = parts?.reduce((sum, part) => sum + part.length, 0) ?? 0;
    this.#answerBytes += bytes;
    this.#responseAccount.charge(bytes);
    slot.answer(parts);
    this.#pump();
  }

  #send(parts: Buffer[]): void {
    if (this.#isClosed) return;
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    if (parts.length === 0 || this.socket.write(parts)) this.#sent(bytes);
    else {
      this.#isBlocked = true;
      this.#blockedBytes += bytes;
      this.#throttle();
    }
    this.#endIfDone();
  }

  #sent(bytes: number): void {
    this.#answerBytes -= bytes;
    this.#responseAccount.release(bytes);
  }

  /** The client sends no more, or must not: once everything is answered, neither do we. */
  #endIfDone(): void {
    if (this.#underWay > 0 || this.#waiting.length > 0 || this.#answers.length > 0 || this.#isBlocked) return;
    if (this.#fault !== undefined) this.#linger(this.#fault.reason);
    else if (this.#hasEnded) this.socket.end();
  }

  /** What still comes is read and dropped: a socket closed over unread bytes is reset, and takes back answers on their way. */
  #linger(reason: unknown): void {
    if (this.#lingering !== undefined || this.#isClosed) return;
    this.#tell(reason);
    this.#pause(false);
    this.socket.end();
    this.#lingering = this.#options.clock.timer(lingerMs, () => this.close(undefined));
  }

  /** Charges what is held, and reads on only where there is room. */
  #throttle(): void {
    const { memory, configuration } = this.#options;
    const held = this.#frames.heldBytes + this.#waitingBytes + this.#underWayBytes;
    const more = held - this.#chargedRequestBytes;
    // First, since a charge that changes the pressure lets every connection look again, this one too.
    this.#chargedRequestBytes = held;
    if (more >= 0) this.#requestAccount.charge(more);
    else this.#requestAccount.release(-more);

    const isFull =
      this.#underWay + this.#waiting.length >= configuration.get("queued.max.requests") ||
      this.#underWayBytes + this.#waitingBytes >= configuration.get("queued.max.request.bytes");
    // Between two frames a connection can wait; in the middle of one it must get on, or nobody's memory ever becomes free.
    const mustWait = memory.pressure !== "none" && this.#frames.heldBytes === 0;
    this.#pause(isFull || mustWait || this.#isBlocked);
  }

  #pause(paused: boolean): void {
    if (paused === this.#isPaused) return;
    this.#isPaused = paused;
    if (paused) this.socket.pause();
    else this.socket.resume();
  }
}
