/** So few that compaction finds older records of each. */
const keyCount = 5;

/** The key that a value is sent with; of values with one key, the larger number was sent later. */
export function keyOf(value: string): string {
  return `key-${Number(value) % keyCount}`;
}
