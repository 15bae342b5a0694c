import type { Broker } from "@millrace/broker";
import { imageHash } from "@millrace/metadata";
import type { BrokerNode } from "../../brokers/cluster/broker-node.ts";
import { Commits } from "../../quorum/checks/commits.ts";
import { QuorumChecks } from "../../quorum/checks/quorum-checks.ts";
import type { Run } from "../../run.ts";
import { holds } from "../../violation.ts";
import type { ControllersCluster } from "../controllers-cluster.ts";
import type { Trouble } from "../plan.ts";
import { Peace } from "./peace.ts";

/** Events between two comparisons of images: each walks a whole one. */
const imageCheckEvents = 500;

/** What must hold of three controllers and the broker that follows them, beside what must hold of the broker and its clients. */
export class ControllersChecks {
  readonly #cluster: ControllersCluster;
  readonly #quorum: QuorumChecks;
  readonly #peace: Peace;
  /** What everybody's image holds at an offset of the metadata. */
  readonly #hashes = new Map<number, string>();
  #events = 0;

  constructor(run: Run, cluster: ControllersCluster, trouble: Trouble) {
    this.#cluster = cluster;
    this.#quorum = new QuorumChecks(run, new Commits());
    this.#peace = new Peace(trouble, cluster, run.areFaultsOver);
  }

  /** The broker serves; `isFirst`: it never did before. */
  started(node: BrokerNode, isFirst: boolean): void {
    if (isFirst) this.#peace.began(node);
  }

  afterEvent(): void {
    this.#quorum.afterEvent(this.#cluster.controllers);
    this.#peace.afterEvent();
    if (++this.#events % imageCheckEvents === 0) this.#compareImages();
  }

  full(): void {
    this.#quorum.full(this.#cluster.controllers);
    this.#compareImages();
  }

  /** Whoever has come to the same offset of the metadata knows the same. */
  #compareImages(): void {
    const { broker, controllers } = this.#cluster;
    if (broker.broker !== undefined) this.#compare(broker.name, broker.broker.image);
    for (const { name, life } of controllers) if (life !== undefined) this.#compare(name, life.controller.image);
  }

  #compare(node: string, image: Broker["image"]): void {
    const hash = imageHash(image);
    const known = this.#hashes.get(image.offset);
    holds(known === undefined || known === hash, "R4", { node, metadata: image.offset, hash, known });
    this.#hashes.set(image.offset, hash);
  }
}
