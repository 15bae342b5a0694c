import type { CheckedChange } from "../checked-value.ts";

/** What lmdb says of its tree. */
export interface PageCounts {
  readonly pageSize: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

/** Before each entry in a page: lengths, flags and its place in the page's index. */
const entryOverheadBytes = 10;
/** A tree of six levels of 4 KiB pages holds more than any store here. */
const treeDepthMax = 6;
/** The two meta pages and the list of free pages, which each transaction writes as well. */
const pagesOfEachCommit = 16;

/** How much may still be stored: pages in the tree, and space of the file system. Both are judged from above, never from below. */
export class Room {
  readonly #pageSize: number;
  #treeBytes: number;
  #fileBytes: number;

  constructor(counts: PageCounts, bytesMax: number, freeBytes: number) {
    const { pageSize, treeBranchPageCount, treeLeafPageCount, overflowPages } = counts;
    this.#pageSize = pageSize;
    this.#treeBytes = bytesMax - (treeBranchPageCount + treeLeafPageCount + overflowPages) * pageSize;
    this.#fileBytes = freeBytes - pagesOfEachCommit * pageSize;
  }

  /** Takes the room for these changes; false, with nothing taken, where there is too little. Removals alone need none of the tree's. */
  take(changes: readonly CheckedChange[]): boolean {
    let grownBytes = 0;
    let writtenBytes = 0;
    for (const change of changes) {
      const bytes = this.#entryBytes(change);
      grownBytes += bytes;
      writtenBytes += bytes + treeDepthMax * this.#pageSize;
    }
    if ((grownBytes > 0 && grownBytes > this.#treeBytes) || writtenBytes > this.#fileBytes) return false;
    this.#treeBytes -= grownBytes;
    this.#fileBytes -= writtenBytes;
    return true;
  }

  /** Small entries share pages that may be half empty; large ones have whole pages of their own. */
  #entryBytes({ key, stored }: CheckedChange): number {
    if (stored === undefined) return 0;
    const bytes = key.length + stored.length + entryOverheadBytes;
    return bytes < this.#pageSize / 2 ? 2 * bytes : Math.ceil(bytes / this.#pageSize + 1) * this.#pageSize;
  }
}
