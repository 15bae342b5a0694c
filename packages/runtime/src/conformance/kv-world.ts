import { MiB } from "@millrace/vocabulary";
import type { Kv, KvEntry, KvStores } from "../ports/kv.ts";

export interface KvWorld {
  readonly stores: KvStores;
  /** Where no store is yet. */
  readonly path: string;
}

export const key = (text: string): Buffer => Buffer.from(text, "latin1");

/** Entries as words, `key=value`. */
export function words(entries: Iterable<KvEntry>): string[] {
  return [...entries].map((entry) => `${entry.key.toString("latin1")}=${entry.value.toString("latin1")}`);
}

export function openStore(world: KvWorld, bytesMax: number = 16 * MiB): Promise<Kv> {
  return world.stores.open(world.path, { bytesMax });
}
