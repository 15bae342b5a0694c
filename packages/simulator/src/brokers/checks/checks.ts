import type { BrokerNode } from "../cluster/broker-node.ts";
import type { Stage } from "../stage.ts";
import { holds } from "../../violation.ts";
import { scanLogs } from "./log-scan.ts";
import { PartitionWatch } from "./partition-watch.ts";

/** Events between two full checks, each of which reads every log on every disk. */
const fullCheckEvents = 1_000;

/** What must hold after every event, and what is looked at in full now and then. */
export class Checks {
  readonly #stage: Stage;
  readonly #watches = new Map<BrokerNode, PartitionWatch>();
  /** The last metadata offset that each broker had folded in, and the age of the model then. */
  readonly #metadata = new Map<BrokerNode, { readonly end: number; readonly age: number }>();
  /** Up to where each open log has been read in full. */
  readonly #scannedTo: Parameters<typeof scanLogs>[3] & object = new Map();
  #events = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** A broker serves: what its disk held is what it must have held, and from here on it is watched. */
  started(node: BrokerNode): void {
    const broker = node.broker!;
    this.#noteSpoilt(node);
    for (const { log } of broker.replicas.all()) this.#stage.model.partitions.get(`${log.topicId}-${log.partition}`)?.recovered(log.logEnd);
    this.#watches.set(node, new PartitionWatch(broker, this.#stage.world.platter(node.name)));
    this.#checkMetadata(node);
    this.full();
  }

  ended(node: BrokerNode): void {
    this.#watches.delete(node);
  }

  afterEvent(): void {
    for (const node of this.#watches.keys()) this.#noteSpoilt(node);
    for (const watch of this.#watches.values()) watch.check();
    if (++this.#events % fullCheckEvents === 0) this.full();
  }

  /** As the full check, with everything read again. */
  final(): void {
    this.#scannedTo.clear();
    this.full();
  }

  full(): void {
    for (const node of this.#stage.cluster.nodes) {
      if (node.broker === undefined) continue;
      this.#noteSpoilt(node);
      scanLogs(node.broker, this.#stage.world.platter(node.name), this.#stage.model.partitions, this.#scannedTo);
      this.#checkMetadata(node);
    }
  }

  /** Writes that went astray have spoilt the files that they went into. */
  #noteSpoilt(node: BrokerNode): void {
    const { model, world } = this.#stage;
    for (const path of world.platter(node.name).takeMisdirected()) {
      const [, name] = /\/logs\/([^/]+)\//.exec(path) ?? [];
      const partition = name === undefined ? undefined : model.partitions.get(name);
      if (name !== undefined) model.damage(name);
      // Of a topic that no client has heard of yet, or the cluster's own.
      if (partition === undefined) model.offsetsDamaged();
    }
  }

  #checkMetadata(node: BrokerNode): void {
    const { age } = this.#stage.model;
    const { offset: end } = node.broker!.image;
    const before = this.#metadata.get(node);
    // A cluster that begins anew, or is put back, counts anew.
    if (before?.age === age) holds(end >= before.end, "R9", { node: node.name, metadataEnd: end, before: before.end });
    this.#metadata.set(node, { end, age });
  }
}
