import { BrokerId, noBroker } from "@millrace/vocabulary";
import { ModelController } from "./model-controller.ts";
import type { ModelRecord } from "./model-log.ts";
import { type ModelMessage, ModelReplica } from "./model-replica.ts";

export interface ModelOptions {
  readonly size?: number;
  readonly minInSync?: number;
  readonly isSynced?: boolean;
  readonly lagMaxMs?: number;
}

/** Three replicas, a controller, and what is on its way between them. Checks what must hold of them at every step. */
export class ModelCluster {
  readonly replicas: Map<BrokerId, ModelReplica> = new Map();
  readonly controller: ModelController;
  readonly network: ModelMessage[] = [];
  readonly trace: string[] = [];
  /** Everything that some leader took for committed, by offset. */
  readonly committed: ModelRecord[] = [];
  readonly #leaders = new Map<number, BrokerId>();
  nowMs = 0;

  constructor({ size = 3, minInSync = 2, isSynced = false, lagMaxMs = 10_000 }: ModelOptions = {}) {
    const ids = Array.from({ length: size }, (_, index) => BrokerId(index + 1));
    this.controller = new ModelController(ids, minInSync);
    const around = {
      controller: this.controller,
      isSynced,
      lagMaxMs,
      nowMs: () => this.nowMs,
      send: (message: ModelMessage) => void this.network.push(message),
      note: (id: BrokerId, what: string) => void this.trace.push(`${id} ${what}`),
    };
    for (const id of ids) this.replicas.set(id, new ModelReplica(id, around));
    for (const replica of this.replicas.values()) this.learnAll(replica);
  }

  replica(id: number): ModelReplica {
    return this.replicas.get(BrokerId(id))!;
  }

  learnAll(replica: ModelReplica): void {
    while (replica.learned < this.controller.metadata.length) replica.learn();
  }

  crash(replica: ModelReplica, keeps: number = replica.log.logEnd): void {
    replica.crash(keeps);
    for (const other of this.replicas.values()) other.breakWith(replica.id);
  }

  restart(replica: ModelReplica): void {
    this.controller.register(replica.id, { isLossy: replica.isLossy });
    replica.restart();
  }

  deliver({ from, to, body }: ModelMessage): void {
    if (to === noBroker) return this.#decide(from, body);
    const replica = this.replicas.get(to)!;
    if (replica.isUp) replica.receive(from, body);
  }

  #decide(from: BrokerId, body: ModelMessage["body"]): void {
    if (body.type !== "propose") return;
    const outcome = this.controller.alter(from, body.epoch, body.proposal);
    this.network.push({ from: noBroker, to: from, body: { type: "outcome", proposal: body.proposal, outcome } });
  }

  /** Throws where one of the properties is broken. */
  check(): void {
    for (const replica of this.replicas.values()) this.#checkLeader(replica);
    for (const replica of this.replicas.values()) if (replica.isUp) this.#checkRunning(replica);
    this.#checkCandidates();
    this.#checkMaximalIsr();
  }

  #checkLeader({ id, leadership, log }: ModelReplica): void {
    if (leadership === undefined) return;
    const known = this.#leaders.get(leadership.leaderEpoch);
    claim("P1 an epoch has one leader", known === undefined || known === id, { id, known });
    this.#leaders.set(leadership.leaderEpoch, id);
    for (let offset = this.committed.length; offset < leadership.highWatermark; offset++) this.committed.push(log.at(offset)!);
  }

  #checkRunning(replica: ModelReplica): void {
    const { id, log } = replica;
    for (let offset: number = log.logStart; offset < replica.highWatermark; offset++) {
      const [own, committed] = [log.at(offset), this.committed[offset]];
      claim("P6, P7 what is committed is the same everywhere", isSame(own, committed), { id, offset, own, committed });
    }
  }

  /** Whoever could become the leader has everything committed, and so has who is. */
  #checkCandidates(): void {
    for (const id of this.controller.candidates) {
      const replica = this.replicas.get(id)!;
      if (replica.isLossy) continue;
      for (let offset: number = replica.log.logStart; offset < this.committed.length; offset++)
        claim("P3, P4, P8 a candidate has what is committed", isSame(replica.log.at(offset), this.committed[offset]), { id, offset });
    }
  }

  #checkMaximalIsr(): void {
    const { state, minInSync } = this.controller;
    const leader = this.replicas.get(state.leader);
    if (leader?.leadership?.leaderEpoch !== state.leaderEpoch || state.isr.length < minInSync) return;
    const proposed = leader.leadership.proposal?.isr.map(({ broker }) => broker) ?? [];
    const maximal = [...leader.state!.isr, ...proposed];
    for (const id of this.controller.candidates) claim("P5 the maximal ISR has every candidate", maximal.includes(id), { id, maximal });
  }
}

export function claim(what: string, holds: boolean, facts: object): void {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(facts)}`);
}

export function isSame(a: ModelRecord | undefined, b: ModelRecord | undefined): boolean {
  return a !== undefined && b !== undefined && a.epoch === b.epoch && a.value === b.value;
}
