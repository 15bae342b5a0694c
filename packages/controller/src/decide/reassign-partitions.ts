import { MillraceError } from "@millrace/vocabulary";
import type { Reassignment } from "../controller.ts";
import { refusedOr, repeated } from "../entries.ts";
import { factsOf, locate, nameOfPartition } from "../partition-names.ts";
import type { DecidedChange } from "../partition-revision.ts";
import { cancelled, checkTarget, reassigned } from "../reassignment.ts";
import { termsIn } from "../terms.ts";
import type { Decision, Surroundings } from "./decision.ts";

/** Begins or gives up reassignments. Refuses as `reassignPartitions` says; at most `changesPerProposal` of them. */
export function decideReassignPartitions(
  surroundings: Surroundings,
  reassignments: readonly Reassignment[],
  options: { allowReplicationFactorChange: boolean },
): Decision<(undefined | MillraceError)[]> {
  const termsOf = termsIn(surroundings);
  const twice = repeated(reassignments.map(nameOfPartition));
  const records: DecidedChange[] = [];
  const decideOne = ({ replicas, ...name }: Reassignment): undefined => {
    if (twice.has(nameOfPartition(name))) throw new MillraceError("INVALID_REQUEST", { ...factsOf(name), reason: "it is named twice" });
    const { topic, partition } = locate(surroundings.image, name);
    if (replicas !== undefined) checkTarget(surroundings.image, topic, partition, replicas, options);
    const terms = termsOf(topic);
    const change = replicas === undefined ? cancelled(topic, partition, terms) : reassigned(topic, partition, replicas, terms);
    if (change !== undefined) records.push(change);
  };
  return { reply: reassignments.map((reassignment) => refusedOr(() => decideOne(reassignment))), records };
}
