import type { TopicImage } from "@millrace/metadata";
import { type BrokerId, brokerKeys, type ConfigSource, topicKeys } from "@millrace/vocabulary";
import { isActive } from "./brokers.ts";
import type { Surroundings } from "./decide/decision.ts";

/** What decisions about the partitions of one topic go by. */
export interface Terms {
  /** Whether a broker may lead, and come in sync: it serves, and is not about to stop. */
  readonly isActive: (id: BrokerId) => boolean;
  /** `min.insync.replicas` */
  readonly minIsr: number;
  /** `unclean.leader.election.enable` */
  readonly isUncleanAllowed: boolean;
}

/** The settings that terms come from. */
export const decisiveKeys = ["min.insync.replicas", "unclean.leader.election.enable"] as const;

type DecisiveKey = (typeof decisiveKeys)[number];

/** The terms of each topic. */
export type TermsOf = (topic: Pick<TopicImage, "overrides">) => Terms;

/**
 * The terms of each topic in an image: its own settings, then those of the cluster, then what is written in the configuration.
 *
 * @param exceptions brokers that count as active, or not, against what the image says
 */
export function termsIn(
  { image, configuration }: Pick<Surroundings, "image" | "configuration">,
  exceptions: ReadonlyMap<BrokerId, boolean> = new Map(),
): TermsOf {
  const written = (key: DecisiveKey) => configuration.sources(key).find(({ source }) => !dynamic.has(source))!.value;
  const setting = (key: DecisiveKey, overrides: TopicImage["overrides"]) => {
    const own = overrides.get(key);
    if (own !== undefined) return topicKeys[key].type.parse(own);
    const all = image.clusterOverrides.get(key);
    return all === undefined ? written(key) : brokerKeys[key].type.parse(all);
  };
  return ({ overrides }) => ({
    isActive: (id) => exceptions.get(id) ?? isActive(image.brokers.get(id)),
    minIsr: setting("min.insync.replicas", overrides) as number,
    isUncleanAllowed: setting("unclean.leader.election.enable", overrides) as boolean,
  });
}

/** Sources that follow the committed metadata: the image of a decision is ahead of them. */
const dynamic: ReadonlySet<ConfigSource> = new Set(["DYNAMIC_BROKER_CONFIG", "DYNAMIC_DEFAULT_BROKER_CONFIG"]);
