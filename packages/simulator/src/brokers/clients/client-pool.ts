import type { Stage } from "../stage.ts";
import { Client } from "./client.ts";

/** The clients of a run, each on a machine of its own; one that crashes comes back as another. */
export class ClientPool {
  readonly names: readonly string[];
  readonly #clients = new Map<string, Client>();
  readonly #stopped = new Set<string>();
  #lives = 0;

  constructor(count: number) {
    this.names = Array.from({ length: count }, (_, index) => `client-${index + 1}`);
  }

  start(stage: Stage): void {
    for (const name of this.names) this.#begin(stage, name, 0);
  }

  /** Ends a client's process in the middle of whatever it does, and starts another `downMs` later. */
  crash(stage: Stage, name: string, downMs: number): boolean {
    if (!this.#clients.delete(name)) return false;
    stage.world.crash(name, "killed");
    stage.later(downMs, () => this.#begin(stage, name, ++this.#lives));
    return true;
  }

  /** Lets a client begin nothing more, in its next life either. */
  stop(name: string): void {
    this.#stopped.add(name);
    this.#clients.get(name)?.stop();
  }

  #begin(stage: Stage, name: string, life: number): void {
    const client = new Client(stage, name, life);
    this.#clients.set(name, client);
    if (!this.#stopped.has(name)) client.start();
  }
}
