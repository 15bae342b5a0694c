/** Names that no topic may have. */
export const illegalNames: readonly string[] = ["", ".", "..", "no/name", "no name", "é", "n".repeat(250)];

/** The longest name that a topic may have. */
export const longestName: string = "n".repeat(249);

/** An id that no broker gives to a topic. */
export const unknownId = "_____________________w";
