import type { Clock, Disk, Logger } from "@millrace/runtime";
import { codeOf } from "@millrace/vocabulary";
import { Recurring } from "./recurring.ts";
import type { Reserve } from "./reserve.ts";

/** How often a full disk is looked at for room. */
const checkIntervalMs = 1000;

export interface RoomOptions {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly directory: string;
  readonly reserve: Reserve;
}

/**
 * Whether there is room on the disk. When a write finds none the reserve is given up, so that small and needed things still find a
 * place; when twice the reserve is free it is taken again, and appends go on.
 */
export class Room {
  readonly #options: RoomOptions;
  #check: Recurring | undefined;
  #givingUp: Promise<void> | undefined;
  #isStopped = false;
  #onFull: ((cause: unknown) => void) | undefined;

  constructor(options: RoomOptions) {
    this.#options = options;
  }

  get isFull(): boolean {
    return this.#givingUp !== undefined;
  }

  /** Says who is told when the disk has become full: nothing more is written to logs from then on. */
  observe(onFull: (cause: unknown) => void): void {
    this.#onFull = onFull;
  }

  /** A write has found no room. Resolves when the reserve is free. */
  becomeFull(cause: unknown): Promise<void> {
    if (this.#givingUp !== undefined) return this.#givingUp;
    const { logger, directory, reserve, clock } = this.#options;
    logger.error("disk full", { directory, error: cause });
    this.#givingUp = reserve.giveUp().catch((error) => logger.error("reserve not freed", { directory, error }));
    if (!this.#isStopped)
      this.#check = new Recurring(clock, logger, { name: "disk room", intervalMs: () => checkIntervalMs, run: () => this.#look() });
    this.#onFull?.(cause);
    return this.#givingUp;
  }

  /** Takes the reserve, at the start and when there is room again. */
  async takeReserve(): Promise<void> {
    try {
      await this.#options.reserve.take();
    } catch (error) {
      if (codeOf(error) !== "DISK_FULL") throw error;
      await this.becomeFull(error);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#check?.stop();
  }

  async #look(): Promise<void> {
    const { disk, directory, reserve, logger } = this.#options;
    const freeBytes = await disk.freeBytes(directory);
    if (freeBytes < reserve.sizeBytes * 2) return;
    await reserve.take();
    // Stopped from outside its own round, which it could not wait for.
    void this.#check?.stop();
    this.#check = undefined;
    this.#givingUp = undefined;
    logger.info("disk has room again", { directory, freeBytes });
  }
}
