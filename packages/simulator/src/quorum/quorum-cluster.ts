import { isSameVoter, majorityOf, type VoterSet, voterKey } from "@millrace/raft/testing";
import { Chance } from "@millrace/runtime/simulated";
import type { VoterId } from "@millrace/raft";
import type { Run } from "../run.ts";
import type { QuorumPlan } from "./plan.ts";
import { QuorumNode, type QuorumObserver, staticVoter } from "./quorum-node.ts";

export interface QuorumClusterParts {
  readonly plan: QuorumPlan;
  readonly run: Run;
  readonly observer: QuorumObserver;
  /** Every set of voters that may be in force somewhere, now or after a crash. */
  readonly setsInForce: () => readonly VoterSet[];
}

/** The machines of a quorum: those that configuration names as voters, and others that may be added. */
export class QuorumCluster {
  readonly nodes: readonly QuorumNode[];
  readonly #setsInForce: () => readonly VoterSet[];
  /** An operator is changing who takes part: meanwhile no disk may be lost, or nobody could say how many others must stay. */
  changing = 0;
  /** Among these changes, those that take somebody out. */
  removing = 0;

  constructor({ plan, run, observer, setsInForce }: QuorumClusterParts) {
    const { world, later } = run;
    const all = Array.from({ length: plan.voters + plan.spares }, (_, index) => staticVoter(index + 1));
    // One on another disk that named itself alone would begin a quorum of its own: whoever replaces a disk names everybody there is.
    const voters = (disk: number) => (disk === 0 ? all.slice(0, plan.voters) : all);
    const clusterId = new Chance(plan.seed, "cluster id").uuid();
    const directory = (node: string, disk: number) => new Chance(plan.seed, `directory ${disk} of ${node}`).uuid();
    const parts = { world, later, clusterId, voters, directory, observer };
    this.nodes = all.map(({ nodeId }) => new QuorumNode(nodeId, parts));
    this.#setsInForce = setsInForce;
  }

  start(): void {
    for (const node of this.nodes) node.start();
  }

  /** The node that was elected; that of the latest term, where another does not know yet that it is deposed. */
  get leader(): QuorumNode | undefined {
    const elected = this.nodes.filter((node) => node.life?.state.role === "leader");
    return elected.sort((a, b) => b.life!.state.term - a.life!.state.term)[0];
  }

  /** The node with this voter's disk in it, and nothing wrong with it. */
  intact(voter: VoterId): QuorumNode | undefined {
    return this.nodes.find((node) => !node.isRotten && isSameVoter(node.voter, voter));
  }

  get setsInForce(): readonly VoterSet[] {
    return this.#setsInForce();
  }

  /** Whether every set that may be in force has a majority of disks that nothing happened to, without these. */
  canDoWithout(lost: readonly VoterId[]): boolean {
    const keys = new Set(lost.map(voterKey));
    const isThere = (voter: VoterId) => !keys.has(voterKey(voter)) && this.intact(voter) !== undefined;
    const sets = this.setsInForce;
    return sets.length > 0 && sets.every(({ voters }) => voters.filter(isThere).length >= majorityOf(voters.length));
  }
}
