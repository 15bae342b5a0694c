import { Directory, type DiskImage, type Inode } from "@millrace/runtime/simulated";
import { type Note, noteKinds } from "./journal.ts";

/** Does to the model of a disk what a broker did to the real one, so that the model knows what is synced. */
export class Replay {
  readonly #image: DiskImage;
  readonly #root: string;
  readonly #inodes = new Map<number, Inode | Directory>();
  /** Files of which something is not synced. */
  readonly #unsynced = new Set<number>();
  readonly #synced = new Map<Inode, number>();
  /** Syncs that have begun, by number: what makes durable what they cover. */
  readonly #syncs = new Map<number, () => void>();

  /** @param root where the image's root lies on the real disk */
  constructor(image: DiskImage, root: string) {
    this.#image = image;
    this.#root = root;
  }

  /** Bytes that a file had when a sync of it began that has succeeded: of a file that is only appended to, they are safe. */
  syncedBytes(file: Inode): number {
    return this.#synced.get(file) ?? 0;
  }

  do(note: Note): void {
    switch (note.kind) {
      case noteKinds.opened:
        return void this.#inodes.set(note.inode, this.#entryAt(note.path));
      case noteKinds.created:
        return void this.#inodes.set(note.inode, this.#image.create(this.#below(note.path), 0));
      case noteKinds.written:
        return this.#write(note, note.data);
      case noteKinds.writtenThrough:
        return this.#writeThrough(note);
      case noteKinds.zeroed:
        return this.#write(note, Buffer.alloc(Number(note.data.readBigUInt64LE())));
      case noteKinds.truncated:
        this.#unsynced.add(note.inode);
        return this.#file(note).truncate(note.position);
      case noteKinds.syncBegan:
        return void this.#syncs.set(note.position, this.#beginSync(note));
      case noteKinds.syncEnded:
        return this.#endSync(note);
      case noteKinds.renamed:
        return this.#image.rename(this.#below(note.path), this.#below(note.second), 0);
      case noteKinds.removed:
        return this.#image.remove(this.#below(note.path), 0);
      case noteKinds.directoryMade:
        return this.#image.makeDirectory(this.#below(note.path), 0);
    }
  }

  #write(note: Note, data: Buffer): void {
    this.#unsynced.add(note.inode);
    this.#file(note).write([data], note.position);
  }

  /** Of its file the model can only sync everything: that it is right to do so is checked. */
  #writeThrough(note: Note): void {
    if (this.#unsynced.has(note.inode)) throw new Error(`a write with O_DSYNC beside unsynced ones: inode ${note.inode}`);
    const file = this.#file(note);
    file.write([note.data], note.position);
    file.beginSync().succeed();
  }

  #beginSync({ inode }: Note): () => void {
    const entry = this.#inodes.get(inode);
    if (entry === undefined) throw new Error(`a sync of what nobody opened: inode ${inode}`);
    this.#unsynced.delete(inode);
    if (entry instanceof Directory) return entry.beginSync();
    const { sizeBytes } = entry;
    const { succeed } = entry.beginSync();
    return () => {
      succeed();
      this.#synced.set(entry, sizeBytes);
    };
  }

  #endSync({ position: number }: Note): void {
    this.#syncs.get(number)!();
    this.#syncs.delete(number);
  }

  #file({ inode }: Note): Inode {
    const entry = this.#inodes.get(inode);
    if (entry === undefined || entry instanceof Directory) throw new Error(`a write to what is no open file: inode ${inode}`);
    return entry;
  }

  #entryAt(path: string): Inode | Directory {
    const entry = this.#image.find(this.#below(path));
    if (entry === undefined) throw new Error(`opened, and unknown to the model: ${path}`);
    return entry;
  }

  #below(path: string): string {
    return path.slice(this.#root.length);
  }
}
