/** What a cluster knows about itself: the records that change it, the image they fold into, and snapshots of that image. */

// For whoever follows the metadata.
export type { BrokerImage, BrokerLoad, MetadataDelta, MetadataImage, PartitionImage, TopicImage, TopicsImage } from "./image/image.ts";
export type { InSyncProposal, InSyncReplica } from "./in-sync-proposal.ts";
export type { LevelRange } from "./records/record.ts";
export { metadataLevelFeature, metadataLevelMax, metadataLevelMin } from "./records/levels.ts";
export { bootstrapSnapshot } from "./bootstrap.ts";

// For the controller.
export { emptyImage } from "./image/empty.ts";
export { ImageDraft } from "./image/draft.ts";
export { fold } from "./image/fold.ts";
export { changed as changedPartition } from "./image/partition.ts";
export { partitionImageOf, partitionMessage } from "./records/partition-message.ts";
export { decodeRecord, encodeRecord } from "./records/codec.ts";
export type {
  BrokerChange,
  BrokerState,
  ConfigRecord,
  ConfigResource,
  FeatureLevelRecord,
  MetadataRecord,
  PartitionChange,
  PartitionRecord,
  ProducerIdsRecord,
  RegisterBroker,
  RemoveBroker,
  RemoveTopic,
  TopicRecord,
} from "./records/record.ts";
export { snapshotChunks } from "./snapshot/chunks.ts";
export { finalisedLevel } from "./snapshot/records.ts";
export { SnapshotRestore } from "./snapshot/restore.ts";

// For checkers; may change at any time.
export { imageHash } from "./snapshot/hash.ts";
