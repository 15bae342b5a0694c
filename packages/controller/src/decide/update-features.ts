import { metadataLevelFeature, metadataLevelMax, metadataLevelMin, type MetadataImage, type MetadataRecord } from "@millrace/metadata";
import { MillraceError } from "@millrace/vocabulary";
import type { FeatureUpdate } from "../controller.ts";
import type { Decision, Surroundings } from "./decision.ts";

/** Raises finalised levels, all of them or none. Refuses as `updateFeatures` says. */
export function decideUpdateFeatures({ image }: Surroundings, updates: readonly FeatureUpdate[]): Decision<void> {
  const named = new Set<string>();
  const records: MetadataRecord[] = [];
  for (const { feature, level } of updates) {
    if (named.has(feature)) throw new MillraceError("INVALID_REQUEST", { feature, reason: "the request names it more than once" });
    named.add(feature);
    checkFeature(image, feature, level);
    if (image.features.get(feature) !== level) records.push({ type: "FeatureLevel", name: feature, level });
  }
  return { records, reply: undefined };
}

function checkFeature(image: MetadataImage, feature: string, level: number): void {
  const refuse = (reason: string, facts: object = {}) => new MillraceError("INVALID_UPDATE_VERSION", { feature, level, reason, ...facts });
  if (feature !== metadataLevelFeature) throw refuse("this controller knows no such feature", { known: [metadataLevelFeature] });
  if (level < metadataLevelMin || level > metadataLevelMax)
    throw refuse("this controller does not know the level", { min: metadataLevelMin, max: metadataLevelMax });
  const finalised = image.features.get(feature) ?? 0;
  if (level < finalised) throw refuse("levels only rise: the log may hold what a lower one does not know", { finalised });
  for (const { id, features } of image.brokers.values()) {
    const range = features.get(feature);
    if (range !== undefined && (level < range.min || level > range.max))
      throw refuse("a broker does not know the level", { broker: id, ...range });
  }
}
