/** The typed client: producers, consumers and administration over gRPC. */

export { connect } from "./mill.ts";
export type { Mill, MillOptions } from "./mill.ts";
export { topic } from "./topic.ts";
export type { Header, Message, RawRecord, Received, ReceivedRecord, Topic } from "./topic.ts";
export { bytes } from "./codecs/bytes.ts";
export type { Codec } from "./codecs/codec.ts";
export { json, SchemaMismatch } from "./codecs/json.ts";
export { text } from "./codecs/text.ts";
export { tombstones } from "./codecs/tombstones.ts";
export type { Producer } from "./producer/producer.ts";
export type { ProducerOptions } from "./producer/options.ts";
export type { Sent } from "./producer/pending-record.ts";
export type { Consumer, RunOptions } from "./consumer/consumer.ts";
export type { Ordering } from "./consumer/dispatcher.ts";
export type { HandlerContext } from "./consumer/handler-run.ts";
export type { ConsumerOptions, GroupOptions, PartitionsOptions, Start, UndecodablePolicy } from "./consumer/options.ts";
export type { Decision, HandlerFailure } from "./consumer/run-loop.ts";
export type { Admin, BrokerDescription, ClusterDescription, LevelRange } from "./admin/admin.ts";
export type { ConfigAdmin, ConfigChange, ConfigEntry, ConfigResource } from "./admin/configs.ts";
export type { GroupAdmin, GroupDescription, GroupListing, GroupMember } from "./admin/groups.ts";
export type { QuorumAdmin, QuorumDescription, QuorumMember } from "./admin/quorum.ts";
export type { NewTopic, PartitionDescription, TopicAdmin, TopicDescription, TopicListing } from "./admin/topics.ts";
export type { Spot, SpotQuery } from "./cluster/offsets.ts";
export type { GroupOffset, PartitionName } from "./group/group-calls.ts";
export { MillraceError } from "@millrace/vocabulary";
export type { ErrorCode } from "@millrace/vocabulary";
// The world of a client, for simulations.
export type { ClientWorld } from "./world.ts";
