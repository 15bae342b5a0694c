import type { ConfigResource, TopicImage } from "@millrace/metadata";
import type { Overrides } from "@millrace/vocabulary";
import type { Surroundings } from "./decide/decision.ts";
import { afterSettings } from "./leadership.ts";
import { firstPlace, type Stretch, walkPartitions } from "./partition-walk.ts";
import { decisiveKeys, termsIn, type TermsOf } from "./terms.ts";

/** What becomes of partitions when the settings of a resource change: as many as fit in one proposal, from the first one on. */
export function settlement(surroundings: Surroundings, resource: ConfigResource, before: Overrides, after: Overrides): Stretch {
  const isDecisive = decisiveKeys.some((key) => before.get(key) !== after.get(key));
  if (!isDecisive || resource.type === "broker") return { changes: [], next: undefined };
  const termsOf = termsAfter(surroundings, resource, after);
  const isMeant = (topic: TopicImage) => resource.type === "cluster" || topic.id === resource.id;
  return walkPartitions(surroundings.image, firstPlace, (topic, partition) =>
    isMeant(topic) ? afterSettings(topic, partition, termsOf(topic)) : undefined,
  );
}

function termsAfter(surroundings: Surroundings, resource: ConfigResource, after: Overrides): TermsOf {
  if (resource.type === "cluster") return termsIn({ ...surroundings, image: { ...surroundings.image, clusterOverrides: after } });
  const termsOf = termsIn(surroundings);
  return () => termsOf({ overrides: after });
}
