/** Elements of which none has the key of an earlier one: what is named twice, Kafka answers once. */
export function onceEach<Element>(elements: readonly Element[], keyOf: (element: Element) => unknown): Element[] {
  const seen = new Set<unknown>();
  return elements.filter((element) => {
    const key = keyOf(element);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Keys that more than one of the elements has. */
export function namedTwice<Element, Key>(elements: readonly Element[], keyOf: (element: Element) => Key): Set<Key> {
  const seen = new Set<Key>();
  const twice = new Set<Key>();
  for (const element of elements) {
    const key = keyOf(element);
    if (seen.has(key)) twice.add(key);
    seen.add(key);
  }
  return twice;
}
