import { type default as SortedBTree, EmptyBTree } from "sorted-btree";

/** Sorted keys to values. `clone` is O(1) and shares every node until one of the two is changed there. */
export type BTree<Key, Value> = SortedBTree<Key, Value>;

/**
 * An empty tree of strings, ordered by code unit: the same on every machine. It is cloned from the package's own, since how a
 * CommonJS default export is seen differs between loaders.
 */
export function stringTree<Key extends string, Value>(): BTree<Key, Value> {
  return EmptyBTree.clone() as unknown as BTree<Key, Value>;
}
