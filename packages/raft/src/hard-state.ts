import { HardState } from "@millrace/contracts/raft";
import { hardStateKey } from "./keys.ts";
import { type VoterId, writeVoterId } from "./voters.ts";

/** The change that makes a term and a vote durable. */
export function hardStateChange(term: number, vote: VoterId | undefined) {
  const value = HardState.encode({ term, vote: vote === undefined ? undefined : writeVoterId(vote) }).finish();
  return { key: hardStateKey, value };
}
