import type { Controller, CreatedTopic, NewTopic } from "@millrace/controller";
import type { Replicas } from "@millrace/replication";
import type { Logger } from "@millrace/runtime";
import { type Configuration, isInternalTopic, MillraceError, offsetsTopic, transactionsTopic } from "@millrace/vocabulary";

/** What creating topics needs of the broker. */
export interface TopicsSurroundings {
  readonly controller: Controller;
  readonly replicas: Replicas;
  readonly configuration: Configuration;
  readonly logger: Logger;
}

/** Creates topics: when asked to, when one is asked for that does not exist, and when the cluster needs one itself. */
export class Topics {
  readonly #surroundings: TopicsSurroundings;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(surroundings: TopicsSurroundings) {
    this.#surroundings = surroundings;
  }

  /** As `Controller.createTopics`; resolves when this broker's replicas of them are open, so that the next request finds them. */
  async create(topics: readonly NewTopic[], options: { validateOnly: boolean }): Promise<(CreatedTopic | MillraceError)[]> {
    const results = await this.#surroundings.controller.createTopics(topics, options);
    await this.#surroundings.replicas.settled();
    return results;
  }

  /** Begins to create topics that somebody asked for, where auto.create.topics.enable allows it. Internal ones always. */
  createMissing(names: readonly string[]): void {
    const isAllowed = this.#surroundings.configuration.get("auto.create.topics.enable");
    for (const name of names) if (isAllowed || isInternalTopic(name)) void this.#createOne(name);
  }

  /** Everyone who asks for one topic waits for one creation. A failure is logged; the client asks again. */
  #createOne(name: string): Promise<void> {
    const running =
      this.#underWay.get(name) ??
      this.create([this.#newTopic(name)], { validateOnly: false })
        .then(([result]) => {
          if (result instanceof MillraceError && result.code !== "TOPIC_ALREADY_EXISTS") throw result;
          this.#surroundings.logger.info("topic created on demand", { topic: name });
        })
        .catch((error: unknown) => this.#surroundings.logger.warn("topic cannot be created on demand", { topic: name, error }))
        .finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, running);
    return running;
  }

  #newTopic(name: string): NewTopic {
    if (name === offsetsTopic) return this.#internalTopic(name, "offsets.topic");
    if (name === transactionsTopic) return this.#internalTopic(name, "transaction.state.log");
    return { name, partitions: -1, replicationFactor: -1, overrides: new Map() };
  }

  /** Compacted, with as many replicas as are configured, or as there are brokers. */
  #internalTopic(name: string, prefix: "offsets.topic" | "transaction.state.log"): NewTopic {
    const { configuration, controller } = this.#surroundings;
    const brokers = [...controller.image.brokers.values()].filter(({ isFenced }) => !isFenced).length;
    return {
      name,
      partitions: configuration.get(`${prefix}.num.partitions`),
      replicationFactor: Math.min(configuration.get(`${prefix}.replication.factor`), Math.max(1, brokers)),
      overrides: new Map([
        ["cleanup.policy", "compact"],
        ["compression.type", "producer"],
        ["segment.bytes", String(Math.max(configuration.get(`${prefix}.segment.bytes`), 1024 * 1024))],
      ]),
    };
  }
}
