import type { Findings } from "./anomalies.ts";
import type { Operation, Send, Sent } from "./operations.ts";

/** What is known of the values of one partition. */
class Values {
  readonly sent = new Map<number, Send>();
  /** By value: the last offset at which anybody saw it. */
  readonly lastOffset = new Map<number, number>();
  readonly read = new Set<number>();
  highestRead = -1;

  sendOf(operation: Send, { value, offset }: Sent): void {
    this.sent.set(value, operation);
    if (offset !== undefined) this.seenAt(value, offset);
  }

  readAt(value: number, offset: number): void {
    this.read.add(value);
    this.highestRead = Math.max(this.highestRead, offset);
    this.seenAt(value, offset);
  }

  seenAt(value: number, offset: number): void {
    this.lastOffset.set(value, Math.max(offset, this.lastOffset.get(value) ?? -1));
  }
}

/** Holds what was read against what was sent: nothing acknowledged is missing, and nothing else is there. */
export function checkWrites(operations: readonly Operation[], findings: Findings): void {
  const partitions = valuesByPartition(operations);
  for (const [partition, values] of partitions) findInvented(partition, values, findings);
  for (const operation of operations)
    if (operation.f === "send" && isCommitted(operation, partitions)) findMissing(operation, partitions, findings);
}

function valuesByPartition(operations: readonly Operation[]): Map<number, Values> {
  const partitions = new Map<number, Values>();
  const of = (partition: number): Values => {
    let values = partitions.get(partition);
    if (values === undefined) partitions.set(partition, (values = new Values()));
    return values;
  };
  for (const operation of operations) {
    if (operation.f === "send") for (const sent of operation.sends) of(sent.partition).sendOf(operation, sent);
    if (operation.f === "poll") for (const { partition, value, offset } of operation.records) of(partition).readAt(value, offset);
  }
  return partitions;
}

/** One whose outcome is not known was done after all if somebody has read any of it. */
function isCommitted({ outcome, sends }: Send, partitions: ReadonlyMap<number, Values>): boolean {
  if (outcome !== "info") return outcome === "ok";
  return sends.some(({ partition, value }) => partitions.get(partition)!.read.has(value));
}

function findInvented(partition: number, { sent, read, lastOffset }: Values, findings: Findings): void {
  for (const value of read) {
    const send = sent.get(value);
    if (send === undefined) findings.add("unsent-value", partition, { value, offset: lastOffset.get(value)! });
    else if (send.outcome === "fail") findings.add("G1a", partition, { value, offset: lastOffset.get(value)!, process: send.process });
  }
}

function findMissing({ sends, process }: Send, partitions: ReadonlyMap<number, Values>, findings: Findings): void {
  for (const { partition, value } of sends) {
    const { read, lastOffset, highestRead } = partitions.get(partition)!;
    if (read.has(value)) continue;
    const offset = lastOffset.get(value);
    const facts = { value, ...(offset !== undefined && { offset }), process };
    if (offset !== undefined && offset < highestRead) findings.add("lost-write", partition, facts);
    else findings.add("unseen", partition, facts);
  }
}
