/** The log on local disk: segments, indexes, recovery, retention, compaction. */

// For whoever appends and reads.
export type {
  AbortedTransaction,
  Appended,
  AppendOptions,
  Log,
  LogObserver,
  LogRead,
  ProducerDescription,
  ReadOptions,
  TimestampedOffset,
} from "./log-contract.ts";
// For whoever starts a broker.
export { formatLogDirectory } from "./directory/identity.ts";
export { openLogDirectory } from "./directory/open-directory.ts";
export type { DirectoryIdentity, LastStop, LogDirectory, LogDirectoryOptions } from "./directory-contract.ts";
