/** What must always hold, by the name that a failure is reported with. */
export const properties = {
  R1: "a term has one leader at most, over the whole run",
  R2: "logs that have an entry of one term at one offset are the same up to there; a leader only appends",
  R3: "what was committed is in the log of every later leader",
  R4: "whoever folds the log is given the same entries, and comes to the same state, by a snapshot too",
  R5: "a node's term never goes back, and a term has one vote of it, whatever crashes",
  R6: "what is committed stays; a leader commits what is of its own term and durable on a majority",
  R7: "voters change one at a time, each change after the one before and an entry of the leader's own term are committed",
  R8: "a log begins where a snapshot ends that is there whole; what is stored can be read; a leader loads no snapshot",
  R9: "a change of metadata that was acknowledged is seen by everybody who asks later, and one order explains all answers",
  P1: "a partition has one leader in a leader epoch",
  P3: "a leader's log holds everything that was committed",
  P4: "whoever is in sync, or an eligible leader, holds everything that was committed",
  P5: "a leader counts everybody whom the controller takes for in sync",
  P6: "below their high watermarks all replicas hold the same batches",
  P2: "the high watermark of a partition does not go back within a life of its leader",
  P7: "the record at an offset is the same for whoever reads it, for ever",
  P8: "what was acknowledged is there after whatever the contract survives",
  P9: "the high watermark that consumers are told does not go back from one leader to the next",
  P10: "who may have lost records is neither in sync nor an eligible leader before it has caught up",
  P11: "who knows of a newer leader epoch acts in no older one",
  P12: "nothing is cut off a log that is committed",
  P13: "offsets in a log follow one another, each given once; checksums hold",
  P14: "the log start only rises, and not past what clients or retention allow",
  A2: "what was refused is never read",
  A3: "what was sent after an acknowledgement lies behind what was acknowledged",
  A5: "what is read was sent",
  A6: "what is stamped further ahead than a topic allows is refused",
  P15: "after a sync has failed, nothing more counts as synced in that life",
  P16: "a log knows the leader epoch of each of its records",
  P17: "who comes in sync serves, and is not about to stop",
  P18: "a leader has committed whatever everybody in sync has acknowledged",
  I1: "a batch of an idempotent producer is in the log at most once",
  I2: "sequences of a producer rise with the offsets",
  I3: "a batch that is sent again is answered with its first offset",
  I4: "a producer is told that its batch is out of order only where records were lost",
  G1: "a group's committed offset is the one that was committed last",
  G2: "a partition has at most one owner in a generation of its group",
  G3: "a commit of a generation that is over is refused",
  L1: "a broker serves again within its bound, once nothing is broken any more",
  L2: "what is asked of a healed cluster is answered",
  L3: "everything that is committed reaches all nodes of a healed core",
  L4: "a leader that a majority hears goes on to lead, whoever does not hear it",
  L5: "a broker whose controllers fail, and nothing else, is not fenced, keeps its leader epochs and may lead on",
  order: "log start, high watermark, synced end and log end stand in their order",
  bug: "nothing throws that nobody expects",
  coverage: "every kind of fault fires, and every mark is reached",
} as const;

export type Property = keyof typeof properties;

/** A property that does not hold, with the facts that show it. */
export class Violation extends Error {
  readonly property: Property;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(property: Property, facts: Readonly<Record<string, unknown>>) {
    super(`${property}: not so: ${properties[property]} ${JSON.stringify(facts)}`);
    this.property = property;
    this.facts = facts;
  }
}

/** Throws a Violation unless it holds. */
export function holds(condition: boolean, property: Property, facts: Readonly<Record<string, unknown>>): asserts condition {
  if (!condition) throw new Violation(property, facts);
}
