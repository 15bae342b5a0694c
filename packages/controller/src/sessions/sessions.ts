import type { BrokerImage, MetadataImage } from "@millrace/metadata";
import type { Clock, Logger, Timer } from "@millrace/runtime";
import type { BrokerEpoch, BrokerId, Uuid } from "@millrace/vocabulary";
import { type Answer, type FencingCause, type LifeName, type LivesEffect, type LivesEvent, stepLives, tickMs, unwatched } from "./lives.ts";

/** Asks who is at the address that a broker registered. Never rejects. */
export type AskWho = (broker: BrokerImage) => Promise<Answer>;

export interface SessionsOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** `broker.session.timeout.ms` */
  readonly timeoutMs: number;
  /** Undefined: no broker lives in another process, and lives of earlier terms are not watched. */
  readonly ask: AskWho | undefined;
  /** The broker of this process, whose earlier lives ended with earlier processes. */
  readonly own: Pick<LifeName, "broker" | "incarnation"> | undefined;
  readonly image: () => MetadataImage;
  readonly fence: (broker: BrokerId, epoch: BrokerEpoch, cause: FencingCause) => void;
}

/** Which lives of brokers go on: feeds `lives.ts` with time and answers, and carries out what it says. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #state;
  /** How each open stream is ended. */
  readonly #closers = new Map<number, () => void>();
  #streams = 0;
  #timer: Timer | undefined;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#state = unwatched(options.timeoutMs);
  }

  /** This node leads: brokers that are not fenced are asked whether they live, but for the one of this process. */
  lead(): void {
    const { ask, own, image } = this.#options;
    const unfenced = [...image().brokers.values()].filter(({ isFenced }) => !isFenced);
    const lives = unfenced.map(({ id, epoch, incarnation }) => ({ broker: id, epoch, incarnation }));
    this.#step({ type: "led", lives: ask === undefined ? [] : lives.filter(({ broker }) => broker !== own?.broker) });
    const ownLife = lives.find(({ broker, incarnation }) => broker === own?.broker && incarnation === own.incarnation);
    if (ownLife !== undefined) this.began(ownLife, undefined);
    if (ask !== undefined) this.#tick();
  }

  /** This node leads no longer. */
  resign(): void {
    this.#timer?.cancel();
    this.#step({ type: "resigned" });
  }

  /** A number for a stream, and what to call when it carries no session any more. */
  opened(close: () => void): number {
    const stream = ++this.#streams;
    this.#closers.set(stream, close);
    return stream;
  }

  /** A stream ended that never carried a session. */
  forget(stream: number): void {
    this.#closers.delete(stream);
  }

  /** A life begins, or shows itself again, on a stream; undefined: in this process. */
  began(life: LifeName, stream: number | undefined): void {
    this.#step({ type: "began", stream, ...life });
  }

  /** Whether what was heard came on the stream of the broker's present life. */
  heard(broker: BrokerId, stream: number): boolean {
    this.#step({ type: "heard", broker, stream });
    return this.#state.lives.get(broker)?.stream === stream;
  }

  broken(broker: BrokerId, stream: number): void {
    this.#closers.delete(stream);
    this.#step({ type: "broken", broker, stream });
  }

  /** The incarnation that goes on; another one may not register meanwhile, and asking for it has the address asked again. */
  claimedBy(broker: BrokerId, incarnation: Uuid): Uuid | undefined {
    const claim = this.#state.lives.get(broker)?.incarnation;
    if (claim !== undefined && claim !== incarnation) this.#step({ type: "contested", broker });
    return this.#state.lives.get(broker)?.incarnation;
  }

  /** Whether this life goes on. */
  isLive(broker: BrokerId, epoch: BrokerEpoch): boolean {
    return this.#state.lives.get(broker)?.epoch === epoch;
  }

  /** Whether the broker has a life that goes on, or may. */
  isRunning(broker: BrokerId): boolean {
    return this.#state.lives.has(broker);
  }

  ended(broker: BrokerId, epoch: BrokerEpoch): void {
    this.#step({ type: "ended", broker, epoch });
  }

  #tick(): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.timer(tickMs, () => {
      this.#step({ type: "ticked" });
      this.#tick();
    });
  }

  #step(event: LivesEvent): void {
    for (const effect of stepLives(this.#state, event, this.#options.clock.monotonicMs())) this.#carryOut(effect);
  }

  #carryOut(effect: LivesEffect): void {
    switch (effect.type) {
      case "dial":
        return void this.#dial(effect);
      case "fence":
        return this.#options.fence(effect.broker, effect.epoch, effect.cause);
      case "close":
        return this.#closers.get(effect.stream)?.();
    }
  }

  async #dial({ broker: id, epoch, dial }: Extract<LivesEffect, { type: "dial" }>): Promise<void> {
    const { ask, image, logger } = this.#options;
    const broker = image().brokers.get(id);
    // A life whose registration is not committed yet has no address so far.
    const answer = ask === undefined || broker?.epoch !== epoch ? "none" : await ask(broker);
    logger.info("broker asked after its session broke", { broker: id, epoch, answer });
    this.#step({ type: "answered", broker: id, dial, answer });
  }
}
