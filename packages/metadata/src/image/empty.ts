import { Offset, ProducerId } from "@millrace/vocabulary";
import type { MetadataImage } from "./image.ts";
import { Topics } from "./topics.ts";

/** What a cluster knows before its first record. */
export function emptyImage(): MetadataImage {
  return {
    offset: Offset(-1),
    term: 0,
    brokers: new Map(),
    topics: Topics.none(),
    loads: new Map(),
    brokerOverrides: new Map(),
    clusterOverrides: new Map(),
    features: new Map(),
    nextProducerId: ProducerId(0),
  };
}
