import { setTimeout as sleep } from "node:timers/promises";
import { apiOf, apis, decodeResponse, encodeResponse, readCorrelationId } from "@millrace/protocol";
import { wireOf } from "@millrace/vocabulary";
import type { WireClient } from "../support/wire-client.ts";
import type { Outcome } from "./transcript.ts";

/** The correlation id of every request that is noted; those behind it, which the client numbers by itself, are smaller. */
export const rawCorrelationId = 0x4d_69_6c_6c;
/** A version of ApiVersions that every broker answers, asked behind a request to see whether that is answered too. */
const probeVersion = 0;
/** After so long a broker counts as silent, which none ought to be. */
const answerMaxMs = 30_000;

/** Sends a frame, whose correlation id is `rawCorrelationId`, and resolves to what becomes of it. An answer is read as of `api`. */
export async function exchange(connection: WireClient, frame: Buffer, api: { key: number; version: number }): Promise<Outcome> {
  connection.send(frame);
  connection.tell("ApiVersions", probeVersion, {});
  const first = await nextFrame(connection);
  if (!Buffer.isBuffer(first)) return { kind: first };
  if (readCorrelationId(first) !== rawCorrelationId) return { kind: "unanswered" };
  await nextFrame(connection); // of the probe
  return outcomeOf(api.key, api.version, first);
}

async function nextFrame(connection: WireClient): Promise<Buffer | "closed" | "silent"> {
  const abort = new AbortController();
  try {
    return await Promise.race([connection.frame(), sleep(answerMaxMs, "silent" as const, { signal: abort.signal })]);
  } catch {
    return "closed";
  } finally {
    abort.abort();
  }
}

function outcomeOf(key: number, version: number, frame: Buffer): Outcome {
  const api = apiOf(key)!;
  // ApiVersions in a version that the broker lacks is answered in version 0 (KIP-511).
  const isFallback = key === apis.ApiVersions.key && frame.readInt16BE(4) === wireOf("UNSUPPORTED_VERSION");
  const spoken = isFallback ? 0 : version;
  const value = decodeResponse<object>(api, spoken, frame);
  const again = Buffer.concat(encodeResponse(api, spoken, rawCorrelationId, value).parts).subarray(4);
  return { kind: "answered", value, hidesBytes: !again.equals(frame) };
}
