import type { RandomStream } from "@millrace/runtime";
import { Chance } from "@millrace/runtime/simulated";
import { Offset } from "@millrace/vocabulary";
import { endOf } from "../../src/entry.ts";
import type { RaftEffect } from "../../src/machine/events.ts";
import { voterChangeFault } from "../../src/machine/membership.ts";
import { isVoter, leads } from "../../src/machine/state.ts";
import { isSameVoter } from "../../src/voters.ts";
import { Cluster } from "./cluster.ts";
import { idOf, type Node, setOf, voter } from "./nodes.ts";

/** One thing that may happen, and how often beside the others. */
interface Deed {
  readonly weight: number;
  readonly act: () => void;
}

/** The most that is under way: beyond it the oldest is lost. */
const networkMax = 60;

/**
 * Machines in a network that loses, delays, repeats and reorders what it carries, with crashes that lose what was not stored; each
 * step draws what happens next. Everything follows from the seed.
 */
export class HostileWorld {
  readonly cluster: Cluster;
  readonly #chance: Chance;
  readonly #reads = new Map<string, Offset>();
  readonly #deeds: readonly Deed[];
  readonly #weights: number;
  /** Nothing reaches this one, nor leaves it. */
  #isolated: number | undefined;
  #names = 0;

  constructor(seed: number, size: number) {
    this.#chance = new Chance(seed, "deeds");
    const streams = new Map<number, RandomStream>();
    const chanceOf = (id: number) => streams.get(id) ?? streams.set(id, new Chance(seed, `node ${id}`)).get(id)!;
    this.cluster = new Cluster(chanceOf, (node, effect) => this.#observe(node, effect));
    this.#deeds = this.#drawWeights([
      { weight: 60, act: () => this.#deliver() },
      { weight: [60, 20, 5][this.#chance.below(3)]!, act: () => this.#store() },
      { weight: 12, act: () => this.#passTime() },
      { weight: 12, act: () => this.#propose() },
      { weight: 4, act: () => this.#lose() },
      { weight: 4, act: () => this.#repeat() },
      { weight: 2, act: () => this.#crash() },
      { weight: 6, act: () => this.#restart() },
      { weight: 3, act: () => this.#connect() },
      { weight: 2, act: () => this.#disconnect() },
      { weight: 2, act: () => this.#snapshot() },
      { weight: 3, act: () => this.#changeVoters() },
      { weight: 2, act: () => this.#transfer() },
      { weight: 4, act: () => this.#read() },
      { weight: 3, act: () => this.#isolate() },
      { weight: 6, act: () => this.#flow() },
    ]);
    this.#weights = this.#deeds.reduce((sum, { weight }) => sum + weight, 0);
    this.cluster.begin(setOf(Array.from({ length: size }, (_, index) => index + 1)));
    for (const id of [6, 7]) this.cluster.make(id, setOf([])).start(0);
  }

  step(): void {
    let drawn = this.#chance.below(this.#weights);
    for (const { weight, act } of this.#deeds) {
      drawn -= weight;
      if (drawn < 0) return act();
    }
  }

  /** Each run leaves some kinds of trouble out, so that it comes to what they would prevent. */
  #drawWeights(deeds: readonly Deed[]): Deed[] {
    return deeds.map((deed, index) => (index >= 4 && index <= 12 && this.#chance.below(3) === 0 ? { ...deed, weight: 0 } : deed));
  }

  #observe(node: Node, effect: RaftEffect): void {
    if (effect.type !== "readReady") return;
    for (const id of effect.ids) {
      const asked = this.#reads.get(`${node.id.nodeId}/${id}`)!;
      if (effect.end < asked) throw new Error(`a read saw less than was committed: ${effect.end} < ${asked}`);
    }
  }

  #up(): Node[] {
    return [...this.cluster.nodes.values()].filter(({ isUp }) => isUp);
  }

  #leader(): Node | undefined {
    return this.#pick(this.#up().filter(({ state }) => leads(state)));
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : this.#chance.pick(items);
  }

  #deliver(): void {
    const { network } = this.cluster;
    if (network.length > networkMax) network.splice(0, network.length - networkMax);
    if (network.length === 0) return;
    // Mostly in order, so that something comes about.
    const index = this.#chance.below(4) === 0 ? this.#chance.below(network.length) : 0;
    const message = network.splice(index, 1)[0]!;
    if (message.from.nodeId !== this.#isolated && message.to.nodeId !== this.#isolated) this.cluster.deliver(message);
  }

  /** Cuts one node off, mostly one that leads; or nobody. */
  #isolate(): void {
    const node = this.#chance.below(2) === 0 ? this.#leader() : this.#pick(this.#up());
    this.#isolated = this.#isolated === undefined ? node?.id.nodeId : undefined;
  }

  #lose(): void {
    const { network } = this.cluster;
    if (network.length > 0) network.splice(this.#chance.below(network.length), 1);
  }

  #repeat(): void {
    const { network } = this.cluster;
    if (network.length > 0) network.push(network[this.#chance.below(network.length)]!);
  }

  /** A calm stretch, in which all that is under way arrives and is stored. */
  #flow(): void {
    for (let count = 0; count < 40; count++) {
      this.#deliver();
      for (const node of this.#up()) if (node.writes > 0) this.cluster.store(node.id.nodeId);
    }
  }

  #store(): void {
    const node = this.#pick(this.#up().filter(({ writes }) => writes > 0));
    if (node !== undefined) this.cluster.store(node.id.nodeId);
  }

  #passTime(): void {
    const { cluster } = this;
    const nextMs = Math.min(...this.#up().map(({ wakeAtMs }) => wakeAtMs));
    cluster.nowMs = Number.isFinite(nextMs) && this.#chance.below(3) > 0 ? Math.max(cluster.nowMs, nextMs) : cluster.nowMs + 50;
    for (const node of this.#up()) if (node.wakeAtMs <= cluster.nowMs) cluster.step(node.id.nodeId, { type: "tick" });
  }

  #propose(): void {
    const leader = this.#leader();
    if (leader === undefined || leader.state.leadership!.transfer !== undefined) return;
    const records = Array.from({ length: 1 + this.#chance.below(3) }, () => Buffer.from(`r${this.#names++}`));
    this.cluster.step(leader.id.nodeId, { type: "propose", records });
  }

  #crash(): void {
    const node = this.#pick(this.#up());
    if (node !== undefined) this.cluster.crash(node.id.nodeId);
  }

  #restart(): void {
    const node = this.#pick([...this.cluster.nodes.values()].filter(({ isUp }) => !isUp));
    node?.start(this.cluster.nowMs);
  }

  #connect(): void {
    this.#betweenTwo("connected");
  }

  #disconnect(): void {
    this.#betweenTwo("disconnected");
  }

  #betweenTwo(type: "connected" | "disconnected"): void {
    const [a, b] = [this.#pick(this.#up()), this.#pick(this.#up())];
    if (a === undefined || b === undefined || a === b) return;
    this.cluster.step(a.id.nodeId, { type, peer: b.id });
    this.cluster.step(b.id.nodeId, { type, peer: a.id });
  }

  #snapshot(): void {
    const node = this.#pick(this.#up());
    const entry = node && this.#pick(node.entries(Offset(0), node.appliedEnd));
    if (node !== undefined && entry !== undefined && node.state.incoming === undefined)
      node.takeSnapshot(Offset(endOf(entry) - 1), this.cluster.nowMs);
  }

  #changeVoters(): void {
    const leader = this.#leader();
    if (leader === undefined) return;
    const any = voter(1 + this.#chance.below(7));
    const change = this.#chance.pick([
      { type: "addLearner", voter: any },
      { type: "promote", id: idOf(any) },
      { type: "remove", id: idOf(any) },
    ] as const);
    if (voterChangeFault(leader.state, change) === undefined) this.cluster.step(leader.id.nodeId, { type: "changeVoters", change });
  }

  #transfer(): void {
    const leader = this.#leader();
    const to = leader && this.#pick(leader.state.sets.current.voters.filter((one) => !isSameVoter(one, leader.id)));
    if (to !== undefined && isVoter(leader!.state, to)) this.cluster.step(leader!.id.nodeId, { type: "transfer", to: idOf(to) });
  }

  #read(): void {
    const leader = this.#leader();
    if (leader === undefined) return;
    const id = this.#names++;
    this.#reads.set(`${leader.id.nodeId}/${id}`, this.cluster.invariants.committedEnd);
    this.cluster.step(leader.id.nodeId, { type: "read", id });
  }
}
