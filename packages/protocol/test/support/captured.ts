import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiName } from "../../src/apis.ts";

/** A request that a real client sent to a real broker, and what came back. Frames are without their length. */
export interface Exchange {
  readonly client: string;
  readonly api: ApiName;
  readonly version: number;
  readonly request: Buffer;
  /** Undefined: there was none, as acks 0 wants it. */
  readonly response: Buffer | undefined;
}

/** An exchange as it lies in a file: frames in base64. */
export interface StoredExchange {
  readonly api: ApiName;
  readonly version: number;
  readonly request: string;
  readonly response?: string;
}

export const capturedFolder: string = join(import.meta.dirname, "..", "captured");

/** What Kafka's group coordinator stored: key and value in base64. */
export interface StoredPair {
  readonly key: string;
  readonly value: string | null;
}

export const consumerOffsetsFile = "consumer-offsets.json";

/** Every exchange that was recorded; a file holds those of one client. */
export function capturedExchanges(): Exchange[] {
  const files = readdirSync(capturedFolder).filter((name) => name.endsWith(".json") && name !== consumerOffsetsFile);
  return files.flatMap((file) => {
    const stored = JSON.parse(readFileSync(join(capturedFolder, file), "utf8")) as StoredExchange[];
    return stored.map(({ api, version, request, response }) => ({
      client: file.replace(".json", ""),
      api,
      version,
      request: Buffer.from(request, "base64"),
      response: response === undefined ? undefined : Buffer.from(response, "base64"),
    }));
  });
}
