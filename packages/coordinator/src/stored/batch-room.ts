import { batchHeaderBytes } from "@millrace/records";
import type { Configuration } from "@millrace/vocabulary";
import type { Entry } from "../shard/machine.ts";
import { bytesOf } from "../shard/append.ts";

/** Bytes of records that one batch of the offsets topic may hold. */
export function batchRoomBytes(configuration: Pick<Configuration, "get">): number {
  return configuration.get("message.max.bytes") - batchHeaderBytes;
}

/** Whether entries fit one batch, so that all of them stand in the log or none. */
export function fitsBatch(configuration: Pick<Configuration, "get">, entries: readonly Entry<unknown>[]): boolean {
  let bytes = 0;
  for (const entry of entries) bytes += bytesOf(entry);
  return bytes <= batchRoomBytes(configuration);
}
