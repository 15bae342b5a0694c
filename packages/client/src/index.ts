/** The typed client: producers, consumers and administration over gRPC. */

export { connect } from "./mill.ts";
export type { Mill, MillOptions } from "./mill.ts";
export { bytes } from "./codecs/bytes.ts";
export type { Codec } from "./codecs/codec.ts";
export { json, SchemaMismatch } from "./codecs/json.ts";
export { text } from "./codecs/text.ts";
export { tombstones } from "./codecs/tombstones.ts";
export type { Producer } from "./producer/producer.ts";
export type { ProducerOptions } from "./producer/options.ts";
export type { Sent } from "./producer/pending-record.ts";
export { topic } from "./topic.ts";
export type { Header, Message, RawRecord, Received, ReceivedRecord, Topic } from "./topic.ts";
// The world of a client, for simulations.
export type { ClientWorld } from "./world.ts";
