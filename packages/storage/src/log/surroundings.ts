import type { Clock, Disk, Kv, Logger, MemoryBudget, RandomStream, Work } from "@millrace/runtime";
import type { Configuration, MillraceError } from "@millrace/vocabulary";
import type { LastStop } from "../directory-contract.ts";
import type { DirectoryEntries } from "../segment/directory-entries.ts";
import type { OpenFiles } from "../segment/open-files.ts";
import type { FileRemover } from "../segment/file-remover.ts";
import type { LogState } from "./log-state.ts";
import type { Tails } from "../tail/tails.ts";
import type { RecentChunks } from "./recent-chunks.ts";

/** The directory as its logs see it. */
export interface LogSurroundings {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly random: RandomStream;
  readonly logger: Logger;
  readonly work: Work;
  readonly state: Kv;
  readonly memory: MemoryBudget;
  readonly configuration: Configuration;
  readonly files: OpenFiles;
  readonly remover: FileRemover;
  readonly tails: Tails;
  readonly recent: RecentChunks;
  /** The directory that holds the logs' directories. */
  readonly root: DirectoryEntries;
  readonly lastStop: LastStop;
  /** Names the page cache that writes lie in: of this boot of the machine, for this directory. */
  readonly pageCacheId: string;
  /** Whether a sync failed in the life before: pages past the recovery points may look as if they were on the disk. */
  readonly mustWriteAgain: boolean;
  /** Whether appends are refused for want of room. */
  isFull(): boolean;
  /** Why the directory has failed, if it has. */
  failure(): MillraceError | undefined;
  /** A write or sync failed: the directory is given up. Comes back with the error that everybody is told. */
  fail(cause: unknown): MillraceError;
  /** A write found no room: every log drops what it has not written, and appends are refused until there is some. */
  becomeFull(cause: unknown): void;
  /** A log could not write, for a reason of its own: what it has not written is dropped. */
  dropUnwritten(log: LogState, error: MillraceError): void;
  /** More bytes lie past a log's recovery point, and past its written point. */
  dirtied(log: LogState): void;
  /** A log's marks have moved, and are to be kept at the next occasion. */
  marked(log: LogState): void;
}
