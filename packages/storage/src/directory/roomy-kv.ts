import type { Kv, KvChange, KvEntry, KvRange } from "@millrace/runtime";
import { codeOf } from "@millrace/vocabulary";
import type { Room } from "./room.ts";

/**
 * A store whose commits may use the reserve: what finds no room is tried once more when it is free. Commits that come meanwhile
 * wait, so that they keep their order.
 */
export class RoomyKv implements Kv {
  readonly #kv: Kv;
  readonly #room: Room;
  readonly #failed: () => Promise<void>;
  #makingRoom: Promise<void> | undefined;

  /** @param failed told of a commit that the disk refused, before whoever made it is */
  constructor(kv: Kv, room: Room, failed: () => Promise<void>) {
    this.#kv = kv;
    this.#room = room;
    this.#failed = failed;
  }

  get(key: Uint8Array): Buffer | undefined {
    return this.#kv.get(key);
  }

  range(bounds: KvRange): Iterable<KvEntry> {
    return this.#kv.range(bounds);
  }

  async commit(changes: readonly KvChange[]): Promise<void> {
    while (this.#makingRoom !== undefined) await this.#makingRoom;
    try {
      await this.#kv.commit(changes);
    } catch (error) {
      if (codeOf(error) === "DISK_FAILED") await this.#failed();
      if (codeOf(error) !== "DISK_FULL") throw error;
      this.#makingRoom ??= this.#room.becomeFull(error).finally(() => (this.#makingRoom = undefined));
      await this.#makingRoom;
      await this.#kv.commit(changes);
    }
  }

  close(): Promise<void> {
    return this.#kv.close();
  }
}
