import { batchHeaderBytes, BatchView, readRecords } from "@millrace/records";
import { decodeGroupRecord } from "../../src/stored/decode.ts";
import type { GroupRecord } from "../../src/stored/group-record.ts";

/** The records of a batch of __consumer_offsets; none of one that ends a transaction. */
export function recordsOf(batch: Buffer): GroupRecord[] {
  const view = new BatchView(batch);
  if (view.isControl) return [];
  const records = Array.from(readRecords(view, batch.subarray(batchHeaderBytes, view.sizeBytes)));
  return records.map(({ key, value }) => decodeGroupRecord(key!, value));
}

/** A record in words; `label` shortens member ids. */
export function wordsOf(record: GroupRecord, label: (memberId: string) => string): string {
  return record.type === "group" ? groupWords(record, label) : offsetWords(record);
}

function groupWords({ groupId, value }: Extract<GroupRecord, { type: "group" }>, label: (memberId: string) => string): string {
  if (value === undefined) return `log group ${groupId} gone`;
  const { generationId, protocolType, protocolName, leaderId, members } = value;
  const words = [`log group ${groupId} generation=${generationId} ${protocolType}/${protocolName ?? ""}`];
  if (leaderId !== undefined) words.push(`leader=${label(leaderId)}`);
  for (const { memberId, assignment } of members) words.push(`${label(memberId)}:${assignment.toString()}`);
  return words.join(" ");
}

function offsetWords({ groupId, topic, partition, value }: Extract<GroupRecord, { type: "offset" }>): string {
  const name = `log offset ${groupId} ${topic}-${partition}`;
  return value === undefined ? `${name} gone` : `${name}=${value.offset}`;
}
