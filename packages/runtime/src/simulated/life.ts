import type { Agenda, Deed } from "./agenda.ts";

/** `killed`: the process dies, the machine and its page cache live on. `power cut`: the machine loses what was not synced. */
export type CrashCause = "killed" | "power cut";

/** Something that waits for a paused process to go on; undefined once it was cancelled. */
interface HeldBack {
  act: (() => void) | undefined;
}

/**
 * One life of a process, from its start to its crash. Everything that its ports promise happens through it, so when it is
 * over no callback comes any more and no promise settles: to the code inside, time stands still for ever.
 */
export class Life {
  /** The process' name, which is its machine's too. */
  readonly name: string;
  readonly #agenda: Agenda;
  readonly #endings = new Set<(cause: CrashCause) => void>();
  /** What came while the process was paused, in its order. */
  #heldBack: HeldBack[] = [];
  #isPaused = false;
  #isOver = false;

  constructor(name: string, agenda: Agenda) {
    this.name = name;
    this.#agenda = agenda;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get nowUs(): number {
    return this.#agenda.nowUs;
  }

  /** Acts `delayUs` from now, if this life still lasts. */
  after(delayUs: number, act: () => void): void {
    if (!this.#isOver) this.#agenda.add(delayUs, false, () => this.deliver(act));
  }

  /** Acts now, if this life still lasts; where the process is paused, when it goes on, behind what came before. */
  deliver(act: () => void): void {
    if (this.#isOver) return;
    if (this.#isPaused || this.#heldBack.length > 0) this.#heldBack.push({ act });
    else act();
  }

  /** Holds everything back that comes for the process, its timers too. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#catchUp();
  }

  /** Each thing that was held back has an event of its own. */
  #catchUp(): void {
    if (this.#isOver || this.#isPaused || this.#heldBack.length === 0) return;
    this.#agenda.add(0, false, () => {
      if (this.#isOver || this.#isPaused) return;
      this.#heldBack.shift()?.act?.();
      this.#catchUp();
    });
  }

  /** Settles with what `act` returns or throws, `delayUs` from now; never, where the life is over by then. */
  settle<Value>(delayUs: number, act: () => Value): Promise<Value> {
    return new Promise((resolve, reject) =>
      this.after(delayUs, () => {
        try {
          resolve(act());
        } catch (error) {
          reject(error as Error);
        }
      }),
    );
  }

  /** As `after`, for a timer of the process. Undefined once the life is over. */
  timer(delayUs: number, act: () => void): Deed | undefined {
    if (this.#isOver) return undefined;
    const timer: Deed = this.#agenda.add(delayUs, true, () => {
      if (this.#isOver) return;
      if (!this.#isPaused && this.#heldBack.length === 0) return act();
      // Held back as the same deed, so that it can still be cancelled.
      timer.act = act;
      this.#heldBack.push(timer);
    });
    return timer;
  }

  cancel(timer: Deed): void {
    if (this.#heldBack.includes(timer)) timer.act = undefined;
    else this.#agenda.cancel(timer);
  }

  /** Calls back when the life ends, until the function it returns is called: for what happens outside of the process then. */
  onEnd(ending: (cause: CrashCause) => void): () => void {
    this.#endings.add(ending);
    return () => void this.#endings.delete(ending);
  }

  end(cause: CrashCause): void {
    this.#isOver = true;
    this.#heldBack = [];
    for (const ending of this.#endings) ending(cause);
    this.#endings.clear();
  }
}
