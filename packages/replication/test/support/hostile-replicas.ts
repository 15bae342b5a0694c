import { Chance } from "@millrace/runtime/simulated";
import { Offset } from "@millrace/vocabulary";
import { claim, isSame, ModelCluster } from "./model-cluster.ts";
import type { ModelReplica } from "./model-replica.ts";

interface Deed {
  readonly weight: number;
  readonly act: () => void;
}

/** The most that is under way: beyond it the oldest is lost. */
const networkMax = 60;
const lagMaxMs = 10_000;

/**
 * Replicas in a network that loses, delays, repeats and reorders what it carries, on disks that may lose what is not synced; each
 * step draws what happens next. Everything follows from the seed.
 */
export class HostileReplicas {
  readonly cluster: ModelCluster;
  readonly #chance: Chance;
  readonly #deeds: readonly Deed[];
  readonly #weights: number;
  readonly #isSynced: boolean;
  #values = 0;

  constructor(seed: number) {
    this.#chance = new Chance(seed, "deeds");
    this.#isSynced = this.#chance.below(3) === 0;
    const size = 2 + this.#chance.below(3);
    const minInSync = 1 + this.#chance.below(Math.min(size, 3));
    this.cluster = new ModelCluster({ size, minInSync, isSynced: this.#isSynced, lagMaxMs });
    this.#deeds = this.#drawWeights([
      { weight: 60, act: () => this.#deliver() },
      { weight: 12, act: () => this.#up()?.subscribe() },
      { weight: 20, act: () => this.#push() },
      { weight: 20, act: () => this.#up()?.acknowledge() },
      { weight: [40, 15][this.#chance.below(2)]!, act: () => this.#up()?.written() },
      { weight: [40, 10][this.#chance.below(2)]!, act: () => this.#up()?.synced() },
      { weight: 15, act: () => this.#produce() },
      { weight: 15, act: () => this.#up()?.learn() },
      { weight: 12, act: () => this.#up()?.finishCut() },
      { weight: 6, act: () => this.#up()?.insist() },
      { weight: 4, act: () => this.#pass() },
      { weight: 4, act: () => this.#lose() },
      { weight: 4, act: () => this.#repeat() },
      { weight: 3, act: () => this.#break() },
      { weight: 2, act: () => this.#crash() },
      { weight: 6, act: () => this.#restart() },
      { weight: 2, act: () => this.cluster.controller.fence(this.#any().id) },
      { weight: 6, act: () => this.#registerAgain() },
      { weight: 2, act: () => this.cluster.controller.moveTo(this.#any().id) },
    ]);
    this.#weights = this.#deeds.reduce((sum, { weight }) => sum + weight, 0);
  }

  step(): void {
    let drawn = this.#chance.below(this.#weights);
    for (const { weight, act } of this.#deeds) {
      drawn -= weight;
      if (drawn >= 0) continue;
      act();
      break;
    }
    this.#checkCuts();
    this.cluster.check();
  }

  /** All trouble ends; comes back with how many records are committed by then. */
  heal(): number {
    const { cluster } = this;
    const replicas = [...cluster.replicas.values()];
    cluster.network.length = 0;
    for (const replica of replicas) for (const other of replicas) replica.breakWith(other.id);
    for (const replica of replicas) {
      if (!replica.isUp) cluster.restart(replica);
      else if (cluster.controller.brokers.get(replica.id)!.isFenced) cluster.controller.register(replica.id, { isLossy: false });
    }
    for (let round = 0; round < 60; round++) this.#round(replicas);
    const { isr, leader } = cluster.controller.state;
    claim("everybody is in sync again", isr.length === replicas.length, { isr, leader });
    const end = cluster.replicas.get(leader)!.log.logEnd;
    for (const { id, log, highWatermark } of replicas) {
      claim("everybody has everything", log.logEnd === end && log.nextOffset === end, { id, logEnd: log.logEnd, end });
      claim("everything is committed", highWatermark === end, { id, highWatermark, end });
    }
    return end;
  }

  #round(replicas: readonly ModelReplica[]): void {
    const { cluster } = this;
    cluster.nowMs += 1000;
    for (const replica of replicas) {
      cluster.learnAll(replica);
      replica.written();
      replica.synced();
      replica.finishCut();
      replica.subscribe();
      for (const other of replicas) replica.push(other.id, 1000);
      replica.acknowledge();
      replica.tick();
      replica.insist();
      cluster.check();
    }
    for (const message of cluster.network.splice(0)) {
      cluster.deliver(message);
      cluster.check();
    }
  }

  /** Each run leaves some kinds of trouble out, so that it comes to what they would prevent. */
  #drawWeights(deeds: readonly Deed[]): Deed[] {
    return deeds.map((deed, index) => (index >= 10 && this.#chance.below(3) === 0 ? { ...deed, weight: 0 } : deed));
  }

  #any(): ModelReplica {
    return this.#chance.pick([...this.cluster.replicas.values()]);
  }

  #up(): ModelReplica | undefined {
    const replica = this.#any();
    return replica.isUp ? replica : undefined;
  }

  #deliver(): void {
    const { network } = this.cluster;
    if (network.length > networkMax) network.splice(0, network.length - networkMax);
    if (network.length === 0) return;
    // Mostly in order, so that something comes about.
    const index = this.#chance.below(4) === 0 ? this.#chance.below(network.length) : 0;
    this.cluster.deliver(network.splice(index, 1)[0]!);
  }

  #push(): void {
    this.#up()?.push(this.#any().id, 1 + this.#chance.below(3));
  }

  #produce(): void {
    for (const replica of this.cluster.replicas.values())
      if (replica.leadership !== undefined && this.#chance.below(2) === 0) replica.produce(`v${this.#values++}`);
  }

  #pass(): void {
    this.cluster.nowMs += [100, 1000, lagMaxMs + 1][this.#chance.below(3)]!;
    for (const replica of this.cluster.replicas.values()) replica.tick();
  }

  #lose(): void {
    const { network } = this.cluster;
    if (network.length > 0) network.splice(this.#chance.below(network.length), 1);
  }

  #repeat(): void {
    const { network } = this.cluster;
    if (network.length > 0) network.push(network[this.#chance.below(network.length)]!);
  }

  #break(): void {
    const [one, other] = [this.#any(), this.#any()];
    one.breakWith(other.id);
    if (this.#chance.below(3) > 0) other.breakWith(one.id);
  }

  #crash(): void {
    const replica = this.#up();
    if (replica === undefined) return;
    const { logEnd, syncedEnd } = replica.log;
    const isLossy = this.#chance.below(2) === 0 && this.#maySpare(replica);
    this.cluster.crash(replica, isLossy ? syncedEnd + this.#chance.below(logEnd - syncedEnd + 1) : logEnd);
  }

  /** What a topic's durability bears: any loss of what is not synced; otherwise min.insync.replicas - 1, while a candidate is whole. */
  #maySpare({ id }: ModelReplica): boolean {
    if (this.#isSynced) return true;
    const { replicas, controller } = this.cluster;
    const lossy = [...replicas.values()].filter(({ isLossy }) => isLossy).length;
    if (lossy + 1 > controller.minInSync - 1) return false;
    return controller.candidates.some((other) => other !== id && !replicas.get(other)!.isLossy);
  }

  #restart(): void {
    for (const replica of this.cluster.replicas.values())
      if (!replica.isUp && this.#chance.below(3) === 0) return this.cluster.restart(replica);
  }

  #registerAgain(): void {
    const replica = this.#up();
    if (replica === undefined || !this.cluster.controller.brokers.get(replica.id)!.isFenced) return;
    this.cluster.controller.register(replica.id, { isLossy: false });
  }

  /** Nothing that is committed is cut off, where it counts: others may follow a leader that is none any more (P12). */
  #checkCuts(): void {
    const { trace, committed, controller } = this.cluster;
    for (const line of trace.splice(0)) {
      claim("no cut takes what the follower knows to be committed", !line.endsWith("LOST"), { line });
      const found = /^(\d+) truncate to=(\d+)/.exec(line);
      if (found === null || !controller.candidates.some((id) => id === Number(found[1]))) continue;
      const { log } = this.cluster.replica(Number(found[1]));
      for (let offset = Offset(Number(found[2])); offset < log.nextOffset; offset++)
        claim("P12 no cut takes what is committed", !isSame(log.at(offset), committed[offset]), { line, offset });
    }
  }
}
