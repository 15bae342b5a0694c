/** The candidate with the fewest edits from `text`, if they are few enough to be a slip of the keyboard. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const editsMax = Math.max(2, Math.floor(text.length / 4));
  const lower = text.toLowerCase();
  let best: string | undefined;
  let bestEdits = editsMax + 1;
  for (const candidate of candidates) {
    const edits = editDistance(lower, candidate.toLowerCase(), bestEdits);
    if (edits < bestEdits) [best, bestEdits] = [candidate, edits];
  }
  return best;
}

/** Levenshtein's distance by rows; gives up with `bound` once no way can stay below it. */
function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) >= bound) return bound;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const swap = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, swap));
    }
    if (Math.min(...current) >= bound) return bound;
    previous = current;
  }
  return previous[b.length]!;
}
