import type { Chance } from "./chance.ts";
import type { Inode } from "./inode.ts";
import type { OrderedEntries } from "./ordered-entries.ts";

export type Entry = Inode | Directory;

/** One operation on a directory's names: what stood there before. Several names change together or not at all. */
type NameChange = readonly (readonly [name: string, before: Entry | undefined])[];

/** Names, as everybody sees them, and the changes to them that a power cut may still take back. */
export class Directory {
  readonly entries = new Map<string, Entry>();
  /** What the store holds that lies here, if one does: commits are durable, so that no power cut takes of it. */
  store: OrderedEntries | undefined;
  #unsynced: NameChange[] = [];
  modifiedMs = 0;

  /** Points names at entries, or at nothing, in one step. */
  change(names: readonly (readonly [name: string, after: Entry | undefined])[]): void {
    this.#unsynced.push(names.map(([name]) => [name, this.entries.get(name)] as const));
    for (const [name, after] of names) this.#point(name, after);
  }

  /** Begins a sync of the changes until now; they are safe once the function it returns is called. */
  beginSync(): () => void {
    const covered = new Set(this.#unsynced);
    return () => void (this.#unsynced = this.#unsynced.filter((change) => !covered.has(change)));
  }

  /** What a power cut leaves: the changes up to one of them, in their order. Then what lies below. */
  cutPower(chance: Chance, cutFile: (file: Inode) => void): void {
    const kept = chance.below(this.#unsynced.length + 1);
    for (const change of this.#unsynced.slice(kept).toReversed()) for (const [name, before] of change) this.#point(name, before);
    this.#unsynced = [];
    for (const entry of this.entries.values()) {
      if (entry instanceof Directory) entry.cutPower(chance, cutFile);
      else cutFile(entry);
    }
  }

  #point(name: string, entry: Entry | undefined): void {
    if (entry === undefined) this.entries.delete(name);
    else this.entries.set(name, entry);
  }
}
