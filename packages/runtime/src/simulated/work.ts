import { assert, MillraceError } from "@millrace/vocabulary";
import { movable, movedMemory } from "../movable.ts";
import type { Task, Work } from "../ports/work.ts";
import type { Chance } from "./chance.ts";
import type { MachineFaults } from "./faults.ts";
import type { Life } from "./life.ts";

/** Tasks, run on the loop but in an event of their own. They see copies, as another thread would. */
export class SimulatedWork implements Work {
  readonly #life: Life;
  readonly #tasks: ReadonlyMap<string, Task>;
  readonly #chance: Chance;
  readonly #faults: () => MachineFaults["work"];
  #underWay = 0;
  #isClosed = false;
  #onIdle: (() => void) | undefined;

  constructor(life: Life, tasks: readonly Task[], chance: Chance, faults: () => MachineFaults["work"]) {
    this.#life = life;
    this.#tasks = new Map(tasks.map((task) => [task.name, task]));
    this.#chance = chance;
    this.#faults = faults;
  }

  run(task: string, input: readonly Uint8Array[], options: { transfer?: boolean } = {}): Promise<Uint8Array[]> {
    if (this.#isClosed) return this.#life.settle(0, () => this.#refuse(task));
    const chunks = input.map((chunk) => movable(chunk, options.transfer === true));
    const moved = structuredClone(chunks, { transfer: movedMemory(chunks) });
    this.#underWay++;
    return this.#life.settle(this.#chance.within(this.#faults().taskUs), () => {
      try {
        const found = this.#tasks.get(task);
        assert(found !== undefined, "a task is known to the world", { task });
        return found.run(moved);
      } finally {
        if (--this.#underWay === 0) this.#onIdle?.();
      }
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#underWay > 0) await new Promise<void>((resolve) => void (this.#onIdle = resolve));
    await this.#life.settle(0, () => {});
  }

  #refuse(task: string): never {
    throw new MillraceError("CLOSED", { task });
  }
}
