import type { Metadata } from "@grpc/grpc-js";
import { factsText, isErrorCode, readFacts } from "@millrace/contracts";
import type { PeerCloseReason } from "@millrace/runtime";
import { catalogue, type ErrorCode, MillraceError } from "@millrace/vocabulary";
import type { Grpc } from "./grpc.ts";

/** Trailers that carry an error's name and its facts as JSON. They stand beside a gRPC status, for those who know no other. */
const codeTrailer = "millrace-code";
const factsTrailer = "millrace-facts-bin";

/** Longer texts would crowd the trailers out; the facts hold the same. */
const detailsLengthMax = 1024;

/** How a call ended, as gRPC says it. */
export interface CallStatus {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
}

/** An error as the end of a call. */
export function statusOf(grpc: Grpc, error: MillraceError): CallStatus {
  const metadata = new grpc.Metadata();
  metadata.set(codeTrailer, error.code);
  const facts = factsText(error.facts);
  if (facts !== "") metadata.set(factsTrailer, Buffer.from(facts));
  // grpc-js passes the text through encodeURI, which throws on half a surrogate pair.
  const details = Buffer.from(error.message.slice(0, detailsLengthMax)).toString();
  return { code: grpcCodeOf(error.code), details, metadata };
}

/** gRPC's numbers of those codes that are used here. */
const grpcCode = {
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** Which status says about the same, for clients that do not read the trailers; the first pattern that fits. */
const codePatterns: readonly (readonly [RegExp, number])[] = [
  [/^UNKNOWN_SERVER_ERROR$/, grpcCode.unknown],
  [/^CLOSED$/, grpcCode.cancelled],
  [/^REQUEST_TIMED_OUT$/, grpcCode.deadlineExceeded],
  [/^UNSUPPORTED_VERSION$/, grpcCode.unimplemented],
  [/AUTHORIZATION_FAILED$/, grpcCode.permissionDenied],
  [/^SASL_|_SASL_/, grpcCode.unauthenticated],
  [/TOO_LARGE$|EXHAUSTED$|_FULL$|QUOTA_EXCEEDED$/, grpcCode.resourceExhausted],
  [/NOT_FOUND$|^UNKNOWN_TOPIC/, grpcCode.notFound],
  [/ALREADY_EXISTS$/, grpcCode.alreadyExists],
  [/^INVALID_/, grpcCode.invalidArgument],
];

function grpcCodeOf(code: ErrorCode): number {
  const [, fitting] = codePatterns.find(([pattern]) => pattern.test(code)) ?? [];
  return fitting ?? (catalogue[code].retriable ? grpcCode.unavailable : grpcCode.failedPrecondition);
}

/** What a status without our trailers means: it comes from grpc-js itself, or from somebody else's server. */
const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  [grpcCode.cancelled]: "CLOSED",
  [grpcCode.invalidArgument]: "INVALID_REQUEST",
  [grpcCode.deadlineExceeded]: "REQUEST_TIMED_OUT",
  [grpcCode.permissionDenied]: "CLUSTER_AUTHORIZATION_FAILED",
  [grpcCode.resourceExhausted]: "MESSAGE_TOO_LARGE",
  [grpcCode.unimplemented]: "UNSUPPORTED_VERSION",
  [grpcCode.unavailable]: "CONNECTION_FAILED",
  [grpcCode.unauthenticated]: "SASL_AUTHENTICATION_FAILED",
};

/** Why a call or stream ended, from the status it ended with. */
export function reasonOf({ code, details, metadata }: CallStatus): PeerCloseReason {
  const name = textOf(metadata, codeTrailer);
  if (name === undefined) return { code: codesByStatus[code] ?? "UNKNOWN_SERVER_ERROR", facts: { status: code, details } };
  const facts = readFacts(textOf(metadata, factsTrailer) ?? "");
  return isErrorCode(name) ? { code: name, facts } : { code: "UNKNOWN_SERVER_ERROR", facts: { ...facts, remoteCode: name } };
}

function textOf(metadata: Metadata, name: string): string | undefined {
  return metadata.get(name)[0]?.toString();
}

/** Whatever was thrown, as an error that may be told to another process. */
export function errorToTell(thrown: unknown): MillraceError {
  return thrown instanceof MillraceError ? thrown : new MillraceError("UNKNOWN_SERVER_ERROR");
}
