import type { Agenda, Deed } from "./agenda.ts";

/** `killed`: the process dies, the machine and its page cache live on. `power cut`: the machine loses what was not synced. */
export type CrashCause = "killed" | "power cut";

/**
 * One life of a process, from its start to its crash. Everything that its ports promise happens through it, so when it is
 * over no callback comes any more and no promise settles: to the code inside, time stands still for ever.
 */
export class Life {
  /** The process' name, which is its machine's too. */
  readonly name: string;
  readonly #agenda: Agenda;
  readonly #endings = new Set<(cause: CrashCause) => void>();
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
    if (this.#isOver) return;
    this.#agenda.add(delayUs, false, () => {
      if (!this.#isOver) act();
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
    return this.#agenda.add(delayUs, true, () => {
      if (!this.#isOver) act();
    });
  }

  cancel(timer: Deed): void {
    this.#agenda.cancel(timer);
  }

  /** Calls back when the life ends, until the function it returns is called: for what happens outside of the process then. */
  onEnd(ending: (cause: CrashCause) => void): () => void {
    this.#endings.add(ending);
    return () => void this.#endings.delete(ending);
  }

  end(cause: CrashCause): void {
    this.#isOver = true;
    for (const ending of this.#endings) ending(cause);
    this.#endings.clear();
  }
}
