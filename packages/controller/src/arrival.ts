import type { BrokerId } from "@millrace/vocabulary";
import type { Surroundings } from "./decide/decision.ts";
import { afterReturn, afterUnfencing, type Holdings } from "./leadership.ts";
import type { DecidedChange } from "./partition-revision.ts";
import { firstPlace, heldBy, type PartitionPlace, walkPartitions } from "./partition-walk.ts";
import { termsIn } from "./terms.ts";

/**
 * How far the partitions of a broker that has registered have been gone through. First, while it is still fenced, so that nobody elects it
 * meanwhile where it may lack records, each takes account of the new life; with the last of them it is unfenced. Then it leads what
 * others gave up in between, where that took several steps.
 */
export interface Arrival extends Holdings {
  readonly walk: "everything" | "leaderless";
  readonly from: PartitionPlace;
}

/** The changes of one stretch, and where the next one begins; undefined: nothing is left. */
export interface ArrivalStretch {
  readonly changes: readonly DecidedChange[];
  readonly next: Arrival | undefined;
}

/** Where an arrival begins, or is taken up again. */
export function arrivalBegins(walk: Arrival["walk"], holdings: Holdings): Arrival {
  return { ...holdings, walk, from: firstPlace };
}

/** One stretch of an arrival, as many changes as fill a proposal. */
export function arrivalStretch(surroundings: Surroundings, broker: BrokerId, arrival: Arrival): ArrivalStretch {
  const { walk, from } = arrival;
  const { changes, next } = walkPartitions(surroundings.image, from, changeOf(surroundings, broker, arrival));
  if (next !== undefined) return { changes, next: { ...arrival, from: next } };
  return { changes, next: walk === "everything" ? arrivalBegins("leaderless", arrival) : undefined };
}

function changeOf(surroundings: Surroundings, broker: BrokerId, arrival: Arrival) {
  if (arrival.walk === "leaderless") {
    const termsOf = termsIn(surroundings);
    return heldBy(broker, (topic, partition) => afterUnfencing(topic, partition, termsOf(topic)));
  }
  const termsOf = termsIn(surroundings, new Map([[broker, true]]));
  return heldBy(broker, (topic, partition) => afterReturn(topic, partition, broker, arrival, termsOf(topic)));
}
