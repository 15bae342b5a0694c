import { MillraceError } from "@millrace/vocabulary";
import { type Api, apiOf, requestHeaderVersion, responseHeaderVersion } from "./apis.ts";
import { heapBytesMax, Reader } from "./codec/reader.ts";
import { type Encoded, Writer } from "./codec/writer.ts";

/*
 * A frame is an int32 length and so many bytes: a header, then the message. Where this file takes a frame, the length is
 * cut off already; where it gives one, it is there.
 */

/** Bytes before a frame that say how long it is. */
export const frameLengthBytes = 4;

/** What stands before every request. */
export interface RequestHeader {
  readonly apiKey: number;
  readonly apiVersion: number;
  /** Comes back with the answer. */
  readonly correlationId: number;
  readonly clientId: string | null;
  /** Where in the frame the message begins. */
  readonly bodyAt: number;
}

/**
 * Reads the header of a request, for a version that nobody serves too. Throws INVALID_REQUEST where it is broken. The header of an
 * unknown API is read as version 1: its connection closes anyway.
 */
export function readRequestHeader(frame: Buffer): RequestHeader {
  const reader = new Reader(frame);
  const apiKey = reader.int16();
  const apiVersion = reader.int16();
  const correlationId = reader.int32();
  // Its length has two bytes in version 2 too, so that every broker can read the header of ApiVersions.
  const clientId = reader.nullableString();
  if (requestHeaderVersion(apiOf(apiKey), apiVersion) === 2) reader.skipTags();
  return { apiKey, apiVersion, correlationId, clientId, bodyAt: reader.position };
}

/**
 * Reads the request behind a header. Slices of the frame live on in it.
 *
 * - UNSUPPORTED_VERSION for a version that is not declared.
 * - INVALID_REQUEST for bytes that are no such request, or that would become more than `heapBytes` in
 *   memory.
 */
export function decodeRequest<Request>(api: Api<Request>, header: RequestHeader, frame: Buffer, heapBytes: number = heapBytesMax): Request {
  const reader = new Reader(frame, header.bodyAt, frame.length, heapBytes);
  return api.request.codec(header.apiVersion).read(reader);
}

/** A frame with an answer. */
export function encodeResponse<ResponseInput>(
  api: Api<any, any, any, ResponseInput>,
  version: number,
  correlationId: number,
  response: ResponseInput,
): Encoded {
  const writer = new Writer();
  writer.int32(0); // the length, once it is known
  writer.int32(correlationId);
  if (responseHeaderVersion(api, version) === 1) writer.unsigned(0);
  api.response.codec(version).write(writer, response);
  return withLength(writer);
}

/** A frame with a request, as a client sends it. */
export function encodeRequest<RequestInput>(
  api: Api<any, RequestInput>,
  header: { readonly apiVersion: number; readonly correlationId: number; readonly clientId: string | null },
  request: RequestInput,
): Encoded {
  const writer = new Writer();
  writer.int32(0); // the length, once it is known
  writer.int16(api.key);
  writer.int16(header.apiVersion);
  writer.int32(header.correlationId);
  writer.nullableString(header.clientId);
  if (requestHeaderVersion(api, header.apiVersion) === 2) writer.unsigned(0);
  api.request.codec(header.apiVersion).write(writer, request);
  return withLength(writer);
}

/** The number of the request that a response answers. */
export function readCorrelationId(frame: Buffer): number {
  return new Reader(frame).int32();
}

/** Reads a response, as a client gets it; refuses as `decodeRequest` does. */
export function decodeResponse<Response>(
  api: Api<any, any, Response>,
  version: number,
  frame: Buffer,
  heapBytes: number = heapBytesMax,
): Response {
  const reader = new Reader(frame, 0, frame.length, heapBytes);
  reader.int32();
  if (responseHeaderVersion(api, version) === 1) reader.skipTags();
  const response = api.response.codec(version).read(reader);
  reader.expectEnd();
  return response;
}

function withLength(writer: Writer): Encoded {
  const frame = writer.finish();
  const length = frame.bytes - frameLengthBytes;
  if (length > 0x7fff_ffff) throw new MillraceError("MESSAGE_TOO_LARGE", { frameBytes: frame.bytes });
  frame.parts[0]!.writeInt32BE(length);
  return frame;
}
