import { isSameVoter, majorityOf, membersOf, type VoterSet } from "@millrace/raft/testing";
import type { Fault } from "../../faults/fault.ts";
import { type QuorumNode, storePath } from "../quorum-node.ts";
import type { QuorumScene } from "./scene.ts";

/** Whether a disk may be lost: those that are left must be able to decide, whoever takes part. */
function mayBeLost({ stage, node }: QuorumScene): boolean {
  return node.isAlive && stage.cluster.changing === 0 && !node.isRotten && stage.cluster.canDoWithout([node.voter]);
}

/** A backup of a smaller quorum could decide alone, as if nothing had happened since: no quorum can know better. */
const backupVotersMin = 3;

/**
 * Whether it is committed that a node takes no part any more, and those who may know no better cannot elect anybody together with what it
 * has forgotten: they are no majority of any set that one of them may take to be in force.
 */
function hasLeft({ stage, node }: QuorumScene, former: VoterSet): boolean {
  const { leader, changing, nodes } = stage.cluster;
  const state = leader?.life?.state;
  if (state === undefined || changing > 0 || state.sets.offset >= state.committedEnd) return false;
  if (membersOf(state.sets.current).some(({ nodeId }) => nodeId === node.id)) return false;
  const { offset } = state.sets;
  const knows = ({ life }: QuorumNode) => life?.state.sets.offset === offset && life.state.log.storedEnd > offset;
  const unaware = nodes.filter((each) => each === node || !knows(each));
  // What one that is down takes to be in force nobody can see.
  if (unaware.some(({ life }) => life === undefined)) return false;
  const isMajority = ({ voters }: VoterSet) =>
    voters.filter((voter) => unaware.some((each) => isSameVoter(each.voter, voter))).length >= majorityOf(voters.length);
  return ![former, ...unaware.flatMap(({ life }) => life!.state.sets.all)].some((set) => set.voters.length > 0 && isMajority(set));
}

/** What becomes of the disks that voters are. */
export const diskFaults = {
  "wiped disk": {
    does: "a node comes back on an empty disk, and is another voter",
    strike: (scene) => {
      const { node, chance } = scene;
      if (!mayBeLost(scene)) return false;
      node.crash("killed", chance.pick([50, 1_000]));
      node.wipe();
      return true;
    },
  },
  "bit rot in the store": {
    does: "one bit turns over of what a node keeps, while it is down",
    strike: (scene) => {
      const { node, chance, stage } = scene;
      if (!mayBeLost(scene)) return false;
      node.crash("killed", chance.pick([50, 1_000]));
      node.isRotten = stage.world.platter(node.name).rotStore(storePath, chance.below(1_000), chance.below(10_000));
      return node.isRotten;
    },
  },
  "old backup of one that left": {
    does: "a node that takes part no more comes back on a disk of when it did",
    strike: (scene) => {
      const { node, stage, chance } = scene;
      const { life } = node;
      if (stage.backups.taken || life === undefined || life.state.sets.current.voters.length < backupVotersMin) return false;
      const { current } = life.state.sets;
      if (node.isRotten || !current.voters.some((voter) => isSameVoter(voter, node.voter))) return false;
      stage.backups.taken = true;
      const backup = node.backup();
      const tryAgain = (left: number) => {
        if (!hasLeft(scene, current) || !node.isAlive) return void (left > 0 && stage.later(500, () => tryAgain(left - 1)));
        node.crash("killed", chance.pick([50, 1_000]));
        node.restore(backup);
        stage.run.marks.hit("a backup was restored");
      };
      tryAgain(60);
      return true;
    },
  },
  "power cut of all": {
    does: "every machine loses its power at once",
    strike: ({ stage, chance }) => {
      for (const node of stage.cluster.nodes) node.crash("power cut", chance.pick([0, 50, 1_000]));
      return true;
    },
  },
  "kill of all": {
    does: "every process dies at once",
    strike: ({ stage, chance }) => {
      for (const node of stage.cluster.nodes) node.crash("killed", chance.pick([0, 50, 1_000]));
      return true;
    },
  },
} as const satisfies Record<string, Fault<QuorumScene>>;
