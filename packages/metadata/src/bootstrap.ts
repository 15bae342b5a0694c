import { snapshotChunks } from "./snapshot/chunks.ts";
import { emptyImage } from "./image/empty.ts";
import { fold } from "./image/fold.ts";
import { metadataLevelFeature, metadataLevelMax } from "./records/levels.ts";
import type { FeatureLevelRecord } from "./records/record.ts";
import { Offset } from "@millrace/vocabulary";

/**
 * What `millrace format` gives every voter to begin with: the finalised levels, as the chunks of a first snapshot. Voters that
 * are formatted alike begin alike, byte for byte.
 *
 * @param features finalised levels besides the metadata level
 * @param metadataLevel at which the cluster begins; the newest unless given
 */
export function bootstrapSnapshot(features: ReadonlyMap<string, number>, metadataLevel: number = metadataLevelMax): Buffer[] {
  const levels = new Map([[metadataLevelFeature, metadataLevel], ...features]);
  const records = [...levels].map(([name, level]): FeatureLevelRecord => ({ type: "FeatureLevel", name, level }));
  return [...snapshotChunks(fold(emptyImage(), Offset(0), 0, records).image)];
}
