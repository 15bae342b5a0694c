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
// For whoever takes batches from clients.
export { admitBatch } from "./admission/admit-batch.ts";
export type { AdmissionContext, Admitted } from "./admission/admit-batch.ts";
export type { RecordError } from "./admission/record-rules.ts";
// For whoever starts a broker.
export { formatLogDirectory, readIdentity } from "./directory/identity.ts";
export { openLogDirectory, raftStorePath } from "./directory/open-directory.ts";
export { storageTasks } from "./tasks.ts";
export type { DirectoryIdentity, LastStop, LogDirectory, LogDirectoryOptions } from "./directory-contract.ts";
