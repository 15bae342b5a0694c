import { EmptyBTree } from "sorted-btree";

/** Sorted keys to values. `clone` is O(1) and shares every node until one of the two is changed there. */
export interface BTree<Key, Value> {
  readonly size: number;
  get(key: Key): Value | undefined;
  has(key: Key): boolean;
  set(key: Key, value: Value): boolean;
  delete(key: Key): boolean;
  /** In the order of keys, from the first one that is not below `firstKey`. */
  values(firstKey?: Key): IterableIterator<Value>;
  clone(): BTree<Key, Value>;
}

/**
 * An empty tree of strings, ordered by code unit: the same on every machine. It is cloned from the package's own, since how a
 * CommonJS default export is seen differs between loaders.
 */
export function stringTree<Key extends string, Value>(): BTree<Key, Value> {
  return EmptyBTree.clone() as unknown as BTree<Key, Value>;
}
