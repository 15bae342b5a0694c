import type { Disk } from "@millrace/runtime";
import { parseSegmentFileName, type SegmentFileKind, segmentFileName, type SegmentFileName, swapFileName } from "../names.ts";

/** The files of a log that count, by the base offsets of their segments, ascending. */
export type LiveFiles = ReadonlyMap<number, ReadonlySet<SegmentFileKind>>;

/**
 * Brings the directory of a log in order after whatever stop: removes what was deleted or only half compacted, and finishes
 * what compaction had decided. Comes back with the files that count.
 *
 * Compaction decides by one rename, to `<base>-<to>.log.swap`. From then on the segments in [base, to) are replaced; before, nothing
 * has happened to them. Its indexes, all three, are called `.swap` before that, so that one that is missing has its name already.
 */
export async function tidyDirectory(disk: Disk, directory: string): Promise<LiveFiles> {
  const files = await listFiles(disk, directory);
  if (files.every(({ state }) => state === "live") && orphansOf(files).length === 0) return liveFiles(files);
  const leftovers = new Leftovers(disk, directory, files);
  await leftovers.removeDeleted();
  await leftovers.finishSwaps();
  await leftovers.settleIndexes();
  const left = await listFiles(disk, directory);
  for (const { baseOffset, kind } of orphansOf(left)) await disk.remove(`${directory}/${segmentFileName(baseOffset, kind)}`);
  await disk.syncDirectory(directory);
  return liveFiles(left);
}

async function listFiles(disk: Disk, directory: string): Promise<SegmentFileName[]> {
  return (await disk.list(directory)).flatMap((name) => parseSegmentFileName(name) ?? []);
}

/** An index without its log is what is left of a segment that was being removed. */
function orphansOf(files: readonly SegmentFileName[]): SegmentFileName[] {
  const live = files.filter(({ state }) => state === "live");
  const logs = new Set(live.filter(({ kind }) => kind === "log").map(({ baseOffset }) => baseOffset));
  return live.filter(({ baseOffset }) => !logs.has(baseOffset));
}

function liveFiles(files: readonly SegmentFileName[]): LiveFiles {
  const live = new Map<number, Set<SegmentFileKind>>();
  const logs = files.filter(({ state, kind }) => state === "live" && kind === "log");
  for (const { baseOffset } of logs.sort((a, b) => a.baseOffset - b.baseOffset)) live.set(baseOffset, new Set());
  for (const { state, baseOffset, kind } of files) if (state === "live") live.get(baseOffset)?.add(kind);
  return live;
}

class Leftovers {
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #files: readonly SegmentFileName[];

  constructor(disk: Disk, directory: string, files: readonly SegmentFileName[]) {
    this.#disk = disk;
    this.#directory = directory;
    this.#files = files;
  }

  async removeDeleted(): Promise<void> {
    for (const file of this.#in("deleted")) await this.#disk.remove(this.#path(file));
  }

  /** Puts what compaction decided in the place of its sources. */
  async finishSwaps(): Promise<void> {
    for (const { baseOffset, replacesTo } of this.#in("swap")) {
      if (replacesTo === undefined) continue;
      const replaced = this.#in("live").filter((source) => source.baseOffset > baseOffset && source.baseOffset < replacesTo);
      for (const source of replaced) await this.#disk.remove(this.#path(source));
      await this.#disk.syncDirectory(this.#directory);
      await this.#disk.rename(`${this.#directory}/${swapFileName(baseOffset, replacesTo)}`, this.#livePath(baseOffset, "log"));
    }
  }

  /** Gives the indexes of what was decided their names, and removes the rest. */
  async settleIndexes(): Promise<void> {
    const cleaned = this.#in("cleaned");
    const undecided = new Set(cleaned.filter(({ kind }) => kind === "log").map(({ baseOffset }) => baseOffset));
    for (const file of this.#in("swap")) {
      if (file.kind === "log") continue;
      if (undecided.has(file.baseOffset)) await this.#disk.remove(this.#path(file));
      else await this.#disk.rename(this.#path(file), this.#livePath(file.baseOffset, file.kind));
    }
    for (const file of cleaned) await this.#disk.remove(this.#path(file));
  }

  #in(state: SegmentFileName["state"]): SegmentFileName[] {
    return this.#files.filter((file) => file.state === state);
  }

  #path({ baseOffset, kind, state }: SegmentFileName): string {
    return `${this.#livePath(baseOffset, kind)}${state === "live" ? "" : `.${state}`}`;
  }

  #livePath(baseOffset: number, kind: SegmentFileKind): string {
    return `${this.#directory}/${segmentFileName(baseOffset, kind)}`;
  }
}
