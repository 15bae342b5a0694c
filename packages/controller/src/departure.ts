import { type BrokerId, noBroker } from "@millrace/vocabulary";
import { changesPerProposal } from "./bounds.ts";
import type { Surroundings } from "./decide/decision.ts";
import { afterStop } from "./leadership.ts";
import type { DecidedChange } from "./partition-revision.ts";
import { type ChangeOf, firstPlace, heldBy, type PartitionPlace, walkPartitions } from "./partition-walk.ts";
import { termsIn } from "./terms.ts";

/**
 * How far the partitions of a broker that stops, or is fenced, have been taken from it: first the leaderships that somebody else can have,
 * since clients wait for these, then everything.
 */
export interface Departure {
  readonly walk: "leaderships" | "everything";
  readonly from: PartitionPlace;
}

/** Where every departure begins. */
export const departureBegins: Departure = { walk: "leaderships", from: firstPlace };

/** The changes of one stretch, and where the next one begins; undefined: nothing is left. */
export interface DepartureStretch {
  readonly changes: readonly DecidedChange[];
  readonly next: Departure | undefined;
}

/** Takes partitions from a broker, as many as fill a proposal. */
export function departureStretch({ image, configuration }: Surroundings, broker: BrokerId, { walk, from }: Departure): DepartureStretch {
  const termsOf = termsIn({ image, configuration }, new Map([[broker, false]]));
  const everything: ChangeOf = heldBy(broker, (topic, partition) => afterStop(topic, partition, broker, termsOf(topic)));
  if (walk === "everything") return over(walkPartitions(image, from, everything));
  const led = walkPartitions(image, from, (topic, partition) => {
    if (partition.leader !== broker) return undefined;
    const change = everything(topic, partition);
    return change !== undefined && isTakenOver(change) ? change : undefined;
  });
  if (led.next !== undefined) return { changes: led.changes, next: { walk, from: led.next } };
  const room = changesPerProposal - led.changes.length;
  const rest: ChangeOf = (topic, partition) => {
    const change = everything(topic, partition);
    return change !== undefined && !isTakenOver(change) ? change : undefined;
  };
  const other = over(walkPartitions(image, firstPlace, rest, room));
  return { changes: [...led.changes, ...other.changes], next: other.next };
}

function over({ changes, next }: { changes: readonly DecidedChange[]; next: PartitionPlace | undefined }): DepartureStretch {
  return { changes, next: next === undefined ? undefined : { walk: "everything", from: next } };
}

function isTakenOver({ leadership }: DecidedChange): boolean {
  return leadership !== undefined && leadership.leader !== noBroker;
}
