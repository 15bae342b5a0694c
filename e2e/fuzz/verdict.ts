import { MiB } from "@millrace/vocabulary";
import type { FuzzReport } from "./fuzz.ts";

/** What a broker may grow by over a whole run: what one connection may hold, and the waste of malloc. */
export const growthBytesMax: number = 64 * MiB;

/** Whether nothing happened that must not. */
export function isSound({ faults, complaints, aftermath, grownBytes, bystander }: FuzzReport): boolean {
  return (
    [faults, complaints, aftermath, bystander.faults, bystander.anomalies].every(({ length }) => length === 0) &&
    grownBytes <= growthBytesMax
  );
}
