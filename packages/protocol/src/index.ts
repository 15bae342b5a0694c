/** Kafka's messages, each declared once. */

// For whoever serves Kafka's clients.
export { apiOf, apis, requestHeaderVersion, responseHeaderVersion } from "./apis.ts";
export type { Api, ApiName, RequestOf, ResponseOf } from "./apis.ts";
export { advertised } from "./advertised.ts";
export type { Encoded } from "./codec/writer.ts";
export type { Codec, InputOf, Message, MessageKind, TypeOf } from "./declaration/message.ts";
export { includesVersion } from "./declaration/versions.ts";
export type { VersionRange } from "./declaration/versions.ts";
export { decodeRequest, encodeResponse, frameLengthBytes, readRequestHeader } from "./frames.ts";
export type { RequestHeader } from "./frames.ts";
export { offsetNames } from "./messages/02-list-offsets.ts";
// For whoever plays the client: tests and tools.
export { decodeResponse, encodeRequest, readCorrelationId } from "./frames.ts";
