import type { QuorumClient } from "../quorum-client.ts";
import { addVoter, removeVoter, transferLead } from "./members.ts";
import { propose, read, snapshot } from "./records.ts";

/** Everything that clients and operators of a quorum do, by name. */
export const quorumOperations = {
  propose,
  read,
  snapshot,
  "add voter": addVoter,
  "remove voter": removeVoter,
  "transfer lead": transferLead,
} as const satisfies Record<string, (client: QuorumClient) => Promise<void>>;

export type QuorumOperationName = keyof typeof quorumOperations;

export const quorumOperationNames: readonly QuorumOperationName[] = Object.keys(quorumOperations) as QuorumOperationName[];
