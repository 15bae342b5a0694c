/**
 * A copy of a small map with one entry set, or removed where the value is undefined; in the order of its keys, so that images
 * that hold the same also iterate the same, whatever way they came to it.
 */
export function withEntry<Key extends string | number, Value>(
  map: ReadonlyMap<Key, Value>,
  key: Key,
  value: Value | undefined,
): ReadonlyMap<Key, Value> {
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return value === undefined || map.has(key) ? copy : inOrder(copy);
}

/** A copy in the order of the keys. */
export function inOrder<Key extends string | number, Value>(map: ReadonlyMap<Key, Value>): ReadonlyMap<Key, Value> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
