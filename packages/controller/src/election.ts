import type { PartitionImage } from "@millrace/metadata";
import { type BrokerId, noBroker } from "@millrace/vocabulary";
import { eligibleAfter } from "./eligible-leaders.ts";
import type { Terms } from "./terms.ts";

/**
 * A leader that somebody wants: `preferred`, the first replica, where it is in sync; `unclean`, any replica that serves, where nobody
 * better does. Without such a wish a leader is elected only where there is none, or it may not go on.
 */
export type Election = "preferred" | "unclean";

/** Why a leader that was elected may lack committed records: nobody who holds all of them can lead. */
export type ElectionRisk = "led last" | "unclean";

/** Who may lead a partition. */
export interface Candidates {
  readonly replicas: readonly BrokerId[];
  readonly isr: readonly BrokerId[];
  readonly eligible: readonly BrokerId[];
  /** The leader, or the one before there was none; -1 where nobody knows of any, or it holds nothing any more. */
  readonly lastLeader: BrokerId;
}

/** Who leads afterwards, and who is in sync with it. */
export interface Elected {
  readonly leader: BrokerId;
  readonly isr: readonly BrokerId[];
  readonly eligible: readonly BrokerId[];
  /** Whether a leadership begins, be it nobody's. */
  readonly isNew: boolean;
  readonly risk?: ElectionRisk;
}

/**
 * Finds the leader, in the order of replicas: from the ISR; from the eligible leaders, which hold everything committed, too; where both are
 * empty, the one that led last; where that is allowed or wanted, whoever serves. The last two may lack committed records. Who is not
 * elected from the ISR is alone in sync.
 */
export function elect({ leader }: PartitionImage, candidates: Candidates, wish: Election | undefined, terms: Terms): Elected {
  const { isr, eligible } = candidates;
  const found = wished(candidates, wish, terms) ?? staying(leader, candidates, terms) ?? first(candidates, isr, terms);
  if (found !== undefined) return { leader: found, isr, eligible, isNew: found !== leader };
  const alone = first(candidates, eligible, terms);
  if (alone !== undefined) return leadingAlone(alone, candidates, terms);
  const last = lastKnown(candidates, terms);
  if (last !== undefined) return { leader: last, isr: [last], eligible: [], isNew: true, risk: "led last" };
  const any = unclean(candidates, wish, terms);
  if (any !== undefined) return { leader: any, isr: [any], eligible: [], isNew: true, risk: "unclean" };
  return { leader: noBroker, isr, eligible, isNew: leader !== noBroker };
}

function wished({ replicas, isr }: Candidates, wish: Election | undefined, { isActive }: Terms): BrokerId | undefined {
  const preferred = replicas[0]!;
  return wish === "preferred" && isr.includes(preferred) && isActive(preferred) ? preferred : undefined;
}

function staying(leader: BrokerId, { isr }: Candidates, { isActive }: Terms): BrokerId | undefined {
  return isr.includes(leader) && isActive(leader) ? leader : undefined;
}

function first({ replicas }: Candidates, among: readonly BrokerId[], { isActive }: Terms): BrokerId | undefined {
  return replicas.find((id) => among.includes(id) && isActive(id));
}

/** An eligible leader leads: those that were in sync are eligible now, as long as one alone is too few. */
function leadingAlone(leader: BrokerId, { replicas, isr, eligible }: Candidates, { minIsr }: Terms): Elected {
  const before = { isr, eligibleLeaders: eligible };
  return { leader, isr: [leader], eligible: eligibleAfter(before, { replicas, isr: [leader] }, undefined, minIsr), isNew: true };
}

function lastKnown({ replicas, isr, eligible, lastLeader }: Candidates, { isActive }: Terms): BrokerId | undefined {
  return isr.length + eligible.length === 0 && replicas.includes(lastLeader) && isActive(lastLeader) ? lastLeader : undefined;
}

/** Whoever led last has most of it, as far as anybody knows here. */
function unclean(
  { replicas, lastLeader }: Candidates,
  wish: Election | undefined,
  { isActive, isUncleanAllowed }: Terms,
): BrokerId | undefined {
  if (!isUncleanAllowed && wish !== "unclean") return undefined;
  return [lastLeader, ...replicas].find((id) => replicas.includes(id) && isActive(id));
}
