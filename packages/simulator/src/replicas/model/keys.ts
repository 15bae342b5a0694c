/** So few that compaction finds older records of each. */
const keyCount = 5;

/** The key that a value is sent with. */
export function keyOf(value: string): string {
  return `key-${Number(value) % keyCount}`;
}
