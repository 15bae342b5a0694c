import { operations } from "../../brokers/operations/index.ts";
import type { Operations } from "../../brokers/stage.ts";
import { describeQuorum } from "./quorum.ts";

/** Everything that clients of a broker do whose controllers are elsewhere. */
export const controllersOperations = { ...operations, "describe quorum": describeQuorum } as const satisfies Operations;

export type ControllersOperationName = keyof typeof controllersOperations;

export const controllersOperationNames: readonly ControllersOperationName[] = Object.keys(
  controllersOperations,
) as ControllersOperationName[];
