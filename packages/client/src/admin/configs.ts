import { Admin, type ConfigResource as ResourceMessage, ConfigScope, ConfigVerb } from "@millrace/contracts/admin";
import type { Draft } from "@millrace/contracts";
import type { Cluster } from "../cluster/cluster.ts";
import { checked } from "./checked-entry.ts";

/** What settings belong to: a topic, one broker, or every broker. */
export type ConfigResource = { readonly topic: string } | { readonly broker: number } | "cluster";

/** A setting as it holds now. */
export interface ConfigEntry {
  readonly key: string;
  /** Undefined: there is none, or it is a secret. */
  readonly value: string | undefined;
  /** In Kafka's words: DYNAMIC_TOPIC_CONFIG, ..., DEFAULT_CONFIG. */
  readonly source: string;
  readonly isReadOnly: boolean;
  readonly isSecret: boolean;
  /** In Kafka's words: BOOLEAN, STRING, INT, LONG, DOUBLE, LIST. */
  readonly type: string;
  readonly documentation: string;
}

/** What is to become of a setting: a value, or null for what holds by default; to a list something may be added, or taken from it. */
export type ConfigChange = string | null | { readonly append: string } | { readonly subtract: string };

/** Settings of topics, brokers and the cluster. */
export class ConfigAdmin {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Every setting, or those of the keys. */
  async describe(resource: ConfigResource, keys: readonly string[] = []): Promise<ConfigEntry[]> {
    const { descriptions } = await this.#cluster.ask(Admin.describeConfigs, { queries: [{ resource: messageOf(resource), keys }] });
    return checked(descriptions[0]).entries.map(({ value, readOnly, secret, ...entry }) => ({
      ...entry,
      value: value ?? undefined,
      isReadOnly: readOnly,
      isSecret: secret,
    }));
  }

  /**
   * Changes settings, all or none.
   *
   * @param options.replace what is not named loses its setting; otherwise it keeps it
   */
  async alter(
    resource: ConfigResource,
    changes: Readonly<Record<string, ConfigChange>>,
    options: { readonly replace?: boolean; readonly validateOnly?: boolean } = {},
  ): Promise<void> {
    const operations = Object.entries(changes).map(([key, change]) => ({ key, ...operationOf(change) }));
    const change = { resource: messageOf(resource), replace: options.replace, operations };
    const { outcomes } = await this.#cluster.ask(Admin.alterConfigs, { changes: [change], validateOnly: options.validateOnly });
    checked(outcomes[0]);
  }
}

function messageOf(resource: ConfigResource): Draft<ResourceMessage> {
  if (resource === "cluster") return { scope: ConfigScope.CLUSTER };
  if ("topic" in resource) return { scope: ConfigScope.TOPIC, name: resource.topic };
  return { scope: ConfigScope.BROKER, name: String(resource.broker) };
}

function operationOf(change: ConfigChange): { readonly verb: number; readonly value?: string } {
  if (change === null) return { verb: ConfigVerb.DELETE };
  if (typeof change === "string") return { verb: ConfigVerb.SET, value: change };
  if ("append" in change) return { verb: ConfigVerb.APPEND, value: change.append };
  return { verb: ConfigVerb.SUBTRACT, value: change.subtract };
}
