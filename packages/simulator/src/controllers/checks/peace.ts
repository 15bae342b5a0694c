import type { Broker } from "@millrace/broker";
import type { BrokerNode } from "../../brokers/cluster/broker-node.ts";
import { holds } from "../../violation.ts";
import type { ControllersCluster } from "../controllers-cluster.ts";
import type { Trouble } from "../plan.ts";

type Image = Broker["image"];
type BrokerImage = NonNullable<ReturnType<Image["brokers"]["get"]>>;

/** The broker, as it stood when it began to serve. */
interface Beginning {
  readonly offset: number;
  readonly id: BrokerImage["id"];
  readonly epoch: BrokerImage["epoch"];
}

/**
 * A broker whose controllers fail, and nothing else, goes on as it was: nobody fences it, its partitions keep their leader epochs; and where
 * controllers only die, it may lead all the time.
 */
export class Peace {
  readonly #trouble: Trouble;
  readonly #cluster: ControllersCluster;
  readonly #areFaultsOver: () => boolean;
  readonly #looked = new WeakMap<object, number>();
  readonly #leaderEpochs = new Map<string, number>();
  #beginning: Beginning | undefined;

  /** @param areFaultsOver whether one controller is cut off from the broker, too, from then on */
  constructor(trouble: Trouble, cluster: ControllersCluster, areFaultsOver: () => boolean) {
    this.#trouble = trouble;
    this.#areFaultsOver = areFaultsOver;
    this.#cluster = cluster;
  }

  /** The broker serves, for the first time. */
  began({ broker }: BrokerNode): void {
    const { image, self } = broker!;
    this.#beginning = { offset: image.offset, id: self, epoch: image.brokers.get(self)!.epoch };
  }

  afterEvent(): void {
    if (this.#trouble === "everything" || this.#beginning === undefined || this.#areFaultsOver()) return;
    const { broker, controllers } = this.#cluster;
    holds(broker.broker !== undefined, "L5", { reason: "the broker does not serve" });
    const { controller, image } = broker.broker;
    if (this.#trouble === "deaths") holds(controller.mayLead, "L5", { reason: "the broker may not lead" });
    this.#look(broker, broker.name, image);
    for (const { name, life } of controllers) if (life !== undefined) this.#look(life, name, life.controller.image);
  }

  #look(life: object, node: string, image: Image): void {
    if (this.#looked.get(life) === image.offset) return;
    this.#looked.set(life, image.offset);
    const { offset, id, epoch } = this.#beginning!;
    if (image.offset < offset) return;
    const known = image.brokers.get(id);
    const facts = { seenBy: node, metadata: image.offset, isFenced: known?.isFenced, epoch: known?.epoch, epochBefore: epoch };
    holds(known?.isFenced === false && known.epoch === epoch, "L5", facts);
    for (const topic of image.topics.all())
      for (const { index, leader, leaderEpoch } of topic.partitions) {
        const key = `${topic.id}-${index}`;
        const before = this.#leaderEpochs.get(key) ?? leaderEpoch;
        this.#leaderEpochs.set(key, before);
        holds(leader === id && leaderEpoch === before, "L5", { ...facts, partition: key, leader, leaderEpoch, before });
      }
  }
}
