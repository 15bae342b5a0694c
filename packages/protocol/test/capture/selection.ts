import type { StoredExchange } from "../support/captured.ts";

/** Larger frames hold more of the same. */
const frameBytesMax = 3000;
const exchangesPerVersion = 2;

/**
 * Of what one client said, a few exchanges of each version: the shortest, and the longest that is not too long. So the files stay small,
 * and hold answers with and without content.
 */
export function select(exchanges: readonly StoredExchange[]): StoredExchange[] {
  const versions = new Map<string, StoredExchange[]>();
  for (const exchange of exchanges.filter(isShort)) {
    const version = `${exchange.api} ${exchange.version}`;
    versions.set(version, [...(versions.get(version) ?? []), exchange]);
  }
  return [...versions.values()].flatMap((alike) => {
    const byLength = alike.toSorted((a, b) => lengthOf(a) - lengthOf(b));
    return [...byLength.slice(0, 1), ...byLength.slice(1).slice(1 - exchangesPerVersion)];
  });
}

function isShort({ request, response = "" }: StoredExchange): boolean {
  return Math.max(request.length, response.length) * 0.75 <= frameBytesMax;
}

function lengthOf({ request, response = "" }: StoredExchange): number {
  return request.length + response.length;
}
