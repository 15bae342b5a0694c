import type { ClusterKind, Marks } from "../index.ts";

/** Prints each mark with how often it was hit, by name. */
export function printMarks(cluster: ClusterKind, { counts }: Marks): void {
  for (const [mark, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${String(count).padStart(10)}  ${cluster}: ${mark}`);
}
