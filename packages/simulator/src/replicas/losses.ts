import type { CrashCause } from "@millrace/runtime/simulated";
import { BrokerId } from "@millrace/vocabulary";
import type { BrokerNode } from "../brokers/cluster/broker-node.ts";
import type { FaultyNode } from "../faults/fault.ts";

/**
 * What machines may lose in a run. `none`: processes alone die. `one`: a machine loses its power, or its disk what it held, and no other one
 * does until that one is in sync again everywhere: what `min.insync.replicas` of two bears. `all`: any machine loses its power at any time,
 * and every topic is synced.
 */
export type LossRule = "none" | "one" | "all";

/** Keeps losses within what the topics of a run bear. */
export class Losses {
  readonly #rule: LossRule;
  /** Who lost something last. */
  #victim: BrokerNode | undefined;

  constructor(rule: LossRule) {
    this.#rule = rule;
  }

  /** Whether a machine may lose its power now. */
  mayLosePower(node: BrokerNode): boolean {
    return this.#rule === "all" || this.mayLoseRecords(node);
  }

  /** Whether a machine may lose what it had synced, too. */
  mayLoseRecords(node: BrokerNode): boolean {
    if (this.#rule !== "one") return false;
    return this.#victim === undefined || this.#victim === node || isInSyncEverywhere(this.#victim);
  }

  /** A machine has lost something, or may have. */
  lost(node: BrokerNode): void {
    this.#victim = node;
  }

  /** Whether a machine may still lack what it has lost. */
  get isOutstanding(): boolean {
    return this.#rule === "all" || (this.#victim !== undefined && !isInSyncEverywhere(this.#victim));
  }
}

/**
 * Whether a broker that serves again is in the ISR of everything that it has a replica of. It serves once it has registered, and its own
 * metadata say at least what came of that.
 */
function isInSyncEverywhere({ broker }: BrokerNode): boolean {
  if (broker === undefined) return false;
  const self = BrokerId(broker.self);
  for (const { partitions } of broker.image.topics.all())
    if (partitions.some(({ replicas, isr }) => replicas.includes(self) && !isr.includes(self))) return false;
  return true;
}

/** A machine that loses its power only where that is borne at that moment; otherwise its process dies. */
export class GuardedNode implements FaultyNode {
  readonly #node: BrokerNode;
  readonly #losses: Losses;

  constructor(node: BrokerNode, losses: Losses) {
    this.#node = node;
    this.#losses = losses;
  }

  get name(): string {
    return this.#node.name;
  }

  get isAlive(): boolean {
    return this.#node.isAlive;
  }

  get isServing(): boolean {
    return this.#node.isServing;
  }

  crash(cause: CrashCause, downMs: number): void {
    const isBorne = cause !== "power cut" || this.#losses.mayLosePower(this.#node);
    if (cause === "power cut" && isBorne) this.#losses.lost(this.#node);
    this.#node.crash(isBorne ? cause : "killed", downMs);
  }

  stop(graceMs: number, downMs: number): void {
    this.#node.stop(graceMs, downMs);
  }
}
