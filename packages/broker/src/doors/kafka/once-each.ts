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
