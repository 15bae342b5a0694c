/** Kafka's messages, each declared once. */

// For whoever serves Kafka's clients.
export { apiOf, apis, requestHeaderVersion, responseHeaderVersion } from "./apis.ts";
export type { Api, ApiName, NamedApi, RequestOf, ResponseOf } from "./apis.ts";
export { advertised } from "./advertised.ts";
export { heapBytesMax, stringBytesMax } from "./codec/reader.ts";
export type { Encoded } from "./codec/writer.ts";
export type { Codec, InputOf, Message, MessageKind, TypeOf } from "./declaration/message.ts";
export { includesVersion } from "./declaration/versions.ts";
export type { VersionRange } from "./declaration/versions.ts";
export { decodeRequest, encodeResponse, frameLengthBytes, readRequestHeader } from "./frames.ts";
export type { RequestHeader } from "./frames.ts";
export { offsetNames } from "./messages/02-list-offsets.ts";
export { configResourceTypes, configSources, configTypes } from "./messages/32-describe-configs.ts";
export { configOperations } from "./messages/44-incremental-alter-configs.ts";
// For coordinators.
export { encodeGroupMetadata, encodeOffsetCommit, readStored } from "./stored/stored-records.ts";
export type { Stored, StoredBytes } from "./stored/stored-records.ts";
// For whoever plays the client: tests and tools.
export { decodeResponse, encodeRequest, readCorrelationId } from "./frames.ts";
