import {
  type ApiName,
  apiOf,
  apis,
  decodeRequest,
  frameLengthBytes,
  includesVersion,
  readRequestHeader,
  type RequestHeader,
} from "@millrace/protocol";

/** The default of socket.request.max.bytes. */
const frameBytesMax = 104_857_600;

/** An answer that has to come. */
export interface ExpectedAnswer {
  readonly name: ApiName;
  /** Of the answer: ApiVersions in a version that nobody knows is answered in version 0 (KIP-511). */
  readonly version: number;
  readonly correlationId: number;
}

export interface Expectation {
  /** In this order. */
  readonly answers: readonly ExpectedAnswer[];
  /** So many of them must come; later ones stand behind a Produce with acks=0, whose error closes the connection. */
  readonly certain: number;
}

/**
 * What a broker owes for bytes that one connection sent: an answer to every frame that is a request in a version it serves, up to the
 * first that is none; there it closes the connection.
 */
export function expectedAnswers(bytes: Buffer): Expectation {
  const answers: ExpectedAnswer[] = [];
  let certain: number | undefined;
  for (const frame of framesIn(bytes)) {
    const asked = read(frame);
    if (asked === undefined) break;
    if (asked === "silent") certain ??= answers.length;
    else answers.push(asked);
  }
  return { answers, certain: certain ?? answers.length };
}

function* framesIn(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; bytes.length - at >= frameLengthBytes;) {
    const length = bytes.readInt32BE(at);
    const end = at + frameLengthBytes + length;
    if (length < 0 || length > frameBytesMax || end > bytes.length) return;
    yield bytes.subarray(at + frameLengthBytes, end);
    at = end;
  }
}

/** Undefined: no request. `silent`: one without an answer. */
function read(frame: Buffer): ExpectedAnswer | "silent" | undefined {
  try {
    return readAs(readRequestHeader(frame), frame);
  } catch {
    return undefined;
  }
}

function readAs(header: RequestHeader, frame: Buffer): ExpectedAnswer | "silent" | undefined {
  const { apiKey, apiVersion, correlationId } = header;
  const api = apiOf(apiKey);
  if (api === undefined) return undefined;
  if (!includesVersion(api.request.versions, apiVersion))
    return api.name === "ApiVersions" ? { name: api.name, version: 0, correlationId } : undefined;
  const request = decodeRequest<{ acks?: number }>(apis[api.name] as never, header, frame);
  return api.name === "Produce" && request.acks === 0 ? "silent" : { name: api.name, version: apiVersion, correlationId };
}
