import { MillraceError } from "@millrace/vocabulary";

/** The only element, where a version can carry no more and no less; else UNSUPPORTED_VERSION. */
export function onlyOne<Element>(message: string, version: number, elements: readonly Element[]): Element {
  if (elements.length !== 1) throw new MillraceError("UNSUPPORTED_VERSION", { message, version, elements: elements.length });
  return elements[0]!;
}
