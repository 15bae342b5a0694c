import { createHash } from "node:crypto";
import type { MetadataImage } from "../image/image.ts";
import { snapshotChunks } from "./chunks.ts";

/**
 * SHA-256 over what an image holds, in hexadecimal: equal for images that hold the same, however they came to be. For
 * checkers and tests: it walks the whole image in one step.
 */
export function imageHash(image: MetadataImage): string {
  const hash = createHash("sha256");
  for (const chunk of snapshotChunks(image)) hash.update(chunk);
  return hash.digest("hex");
}
