import type { RandomStream } from "@millrace/runtime";
import type { RaftEffect, RaftEvent } from "../../src/machine/events.ts";
import type { RaftMessage } from "../../src/machine/messages.ts";
import { membersOf, voterKey, type VoterSet } from "../../src/voters.ts";
import { Invariants } from "./invariants.ts";
import { idOf, Node, voter } from "./nodes.ts";

/** Machines, their disks and what is under way between them. Everything happens by the hand of the test; what must hold is checked. */
export class Cluster {
  readonly nodes = new Map<number, Node>();
  readonly invariants = new Invariants();
  /** What has left and has not arrived, in the order in which it left. */
  readonly network: RaftMessage[] = [];
  readonly #chanceOf: (id: number) => RandomStream;
  readonly #observe: (node: Node, effect: RaftEffect) => void;
  nowMs = 0;

  constructor(chanceOf: (id: number) => RandomStream, observe: (node: Node, effect: RaftEffect) => void = () => {}) {
    this.#chanceOf = chanceOf;
    this.#observe = observe;
  }

  /** Makes a node whose disk says that it belongs to this set; it does not run yet. */
  make(id: number, set: VoterSet, life = 0): Node {
    const node = new Node(idOf(voter(id, life)), set, this.#chanceOf(id), (of, effect) => this.#effect(of, effect));
    this.nodes.set(id, node);
    return node;
  }

  /** Makes and starts every member of a set. */
  begin(set: VoterSet): void {
    for (const { nodeId } of membersOf(set)) this.make(nodeId, set);
    for (const node of this.nodes.values()) node.start(this.nowMs);
  }

  node(id: number): Node {
    const node = this.nodes.get(id);
    if (node === undefined) throw new Error(`no such node: ${id}`);
    return node;
  }

  step(id: number, event: RaftEvent): void {
    this.node(id).step(event, this.nowMs);
    this.check();
  }

  /** Lets one message arrive, which may have been lost by whoever decides that. */
  deliver(message: RaftMessage): void {
    const node = this.nodes.get(message.to.nodeId);
    if (node === undefined || voterKey(node.id) !== voterKey(message.to)) return;
    node.step({ type: "receive", message }, this.nowMs);
    this.check();
  }

  /** Lets a node's disk end one write. */
  store(id: number): void {
    this.node(id).store(this.nowMs);
    this.check();
  }

  crash(id: number): void {
    this.node(id).crash();
    this.invariants.crashed(this.node(id));
  }

  check(): void {
    this.invariants.check([...this.nodes.values()]);
  }

  #effect(node: Node, effect: RaftEffect): void {
    this.invariants.effect(node, effect);
    if (effect.type === "send") this.network.push(effect.message);
    this.#observe(node, effect);
  }
}
