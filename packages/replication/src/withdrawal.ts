import type { PartitionImage } from "@millrace/metadata";
import { type BrokerId, secondMs } from "@millrace/vocabulary";
import type { Proposal } from "./leading/proposal.ts";

/** After the controller has refused a withdrawal it is asked again no sooner: another replica has to come in sync first. */
const heldOffMs: number = 1 * secondMs;

/**
 * What a replica asks for that has found its log damaged: to be counted on no more. In every leader epoch anew, until one begins in which it
 * is neither in sync nor an eligible leader: before it says anything in that one it drops what is damaged, and copies it from the leader.
 */
export class Withdrawal {
  #proposal: Proposal | undefined;
  #heldOffUntilMs = -Infinity;

  /** Under way, with an outcome that is not known. */
  get proposal(): Proposal | undefined {
    return this.#proposal;
  }

  /** What is to be asked for in this state; undefined: it is under way, or was refused a moment ago. */
  propose({ leaderEpoch, partitionEpoch }: PartitionImage, nowMs: number): Proposal | undefined {
    if (this.#proposal !== undefined || nowMs < this.#heldOffUntilMs) return undefined;
    this.#proposal = { leaderEpoch, partitionEpoch, isr: [], withdraws: true };
    return this.#proposal;
  }

  /** The controller will not have it. */
  refused(nowMs: number): void {
    this.#proposal = undefined;
    this.#heldOffUntilMs = nowMs + heldOffMs;
  }

  /** Another leader epoch begins. */
  over(): void {
    this.#proposal = undefined;
  }
}

/** Whether nobody counts on what a broker holds: it does not lead, is not in sync, and may not lead either. */
export function isCountedOut({ leader, isr, eligibleLeaders }: PartitionImage, broker: BrokerId): boolean {
  return leader !== broker && !isr.includes(broker) && !eligibleLeaders.includes(broker);
}
