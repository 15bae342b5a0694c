/**
 * The gRPC contracts of proto/, compiled. Each file's messages, enums and services leave by `@millrace/contracts/NAME`
 * (`log`, `groups`, `admin`, ...); here is what they have in common, and the framing of messages that carry records.
 */

export { decodeMessage, encodeMessage } from "./message.ts";
export type { Draft, MessageType, StreamMethod, UnaryMethod } from "./message.ts";
export { errorOf, factsText, failureOf, isErrorCode, readFacts } from "./failure.ts";
export { entriesMax } from "./bound-entries.ts";
export { decodeConsumeResponse, decodeProduceRequest, encodeConsumeResponse, encodeProduceRequest } from "./payload.ts";
export type { PartitionBatchesDraft } from "./payload.ts";
export { decodeFromFollower, decodeFromLeader, encodeFromLeader } from "./replicated.ts";
export type { FromLeaderDraft, PushDraft } from "./replicated.ts";
export { decodeStrictly } from "./strict.ts";
export { bytesOf, delimitedField, delimitedFields } from "./wire.ts";
