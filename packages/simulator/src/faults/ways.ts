import { type Fault, lasting, type MachineScene, type MachineStage } from "./fault.ts";

/** Where a fault strikes between nodes that talk to each other. */
export interface WaysScene extends MachineScene {
  readonly stage: MachineStage & { readonly cluster: { readonly nodes: readonly { readonly name: string }[] } };
}

/** Links that are cut at one time, each from a machine to a machine. */
type Links = readonly (readonly [from: string, to: string])[];

/** Cuts links for a while. */
function cut(scene: WaysScene, links: Links): boolean {
  const { world } = scene.stage;
  if (links.length === 0) return false;
  return lasting(
    scene,
    [200, 12_000],
    () => links.forEach(([from, to]) => world.cut(from, to)),
    () => links.forEach(([from, to]) => world.heal(from, to)),
  );
}

function othersOf({ stage, node }: WaysScene): string[] {
  return stage.cluster.nodes.map(({ name }) => name).filter((name) => name !== node.name);
}

function shuffled({ stage, chance }: WaysScene): string[] {
  const names = stage.cluster.nodes.map(({ name }) => name);
  return Array.from({ length: names.length }, () => names.splice(chance.below(names.length), 1)[0]!);
}

function bothWays(these: readonly string[], those: readonly string[]): Links {
  return these.flatMap((a) => those.flatMap((b) => [[a, b] as const, [b, a] as const]));
}

/** What becomes of the ways between the nodes of a cluster. */
export const wayFaults = {
  "node is isolated": {
    does: "one node and all others are cut off from each other",
    strike: (scene) => cut(scene, bothWays([scene.node.name], othersOf(scene))),
  },
  "node is not heard": {
    does: "nothing that one node sends arrives anywhere, and it hears all others",
    strike: (scene) =>
      cut(
        scene,
        othersOf(scene).map((other) => [scene.node.name, other]),
      ),
  },
  "node hears nothing": {
    does: "nothing arrives at one node, and all others hear it",
    strike: (scene) =>
      cut(
        scene,
        othersOf(scene).map((other) => [other, scene.node.name]),
      ),
  },
  "one way is cut": {
    does: "what one node sends to one other does not arrive",
    strike: (scene) => {
      const others = othersOf(scene);
      return others.length > 0 && cut(scene, [[scene.node.name, scene.chance.pick(others)]]);
    },
  },
  "split in two": {
    does: "the nodes fall into two groups that do not reach each other",
    strike: (scene) => {
      const names = shuffled(scene);
      const size = 1 + scene.chance.below(Math.max(1, names.length - 1));
      return cut(scene, bothWays(names.slice(0, size), names.slice(size)));
    },
  },
  bridge: {
    does: "one node reaches everybody, and the others form two halves that do not reach each other",
    strike: (scene) => {
      const [, ...others] = shuffled(scene);
      const half = Math.ceil(others.length / 2);
      return cut(scene, bothWays(others.slice(0, half), others.slice(half)));
    },
  },
  ring: {
    does: "each node reaches the two beside it and nobody else, so that every majority overlaps and none is whole",
    strike: (scene) => {
      const names = shuffled(scene);
      const links = names.flatMap((a, i) => names.filter((_, j) => isApart(i, j, names.length)).map((b) => [a, b] as const));
      return cut(scene, links);
    },
  },
  swizzle: {
    does: "nodes are cut off one after the other, and come back in another order",
    strike: (scene) => {
      const { stage, chance } = scene;
      for (const name of shuffled(scene)) {
        const others = stage.cluster.nodes.map((node) => node.name).filter((other) => other !== name);
        const links = bothWays([name], others);
        const [cutMs, healMs] = [chance.below(2_000), 2_000 + chance.below(3_000)];
        stage.later(cutMs, () => {
          if (!stage.areFaultsOver()) links.forEach(([from, to]) => stage.world.cut(from, to));
        });
        stage.lasting(healMs, () => links.forEach(([from, to]) => stage.world.heal(from, to)));
      }
      return true;
    },
  },
  "slow way": {
    does: "the way from one node to another takes up to half a second",
    strike: (scene) => {
      const { stage, chance, node } = scene;
      const others = othersOf(scene);
      if (others.length === 0) return false;
      const way = [node.name, chance.pick(others)] as const;
      return lasting(
        scene,
        [500, 8_000],
        () => stage.world.delay(...way, [1_000, chance.pick([20_000, 500_000])]),
        () => stage.world.delay(...way, undefined),
      );
    },
  },
  "connections break": {
    does: "every connection between one node and the others is reset",
    strike: (scene) => {
      for (const other of othersOf(scene)) scene.stage.world.breakConnections(scene.node.name, other);
      return true;
    },
  },
} as const satisfies Record<string, Fault<WaysScene>>;

function isApart(a: number, b: number, size: number): boolean {
  const distance = Math.abs(a - b);
  return distance > 1 && distance < size - 1;
}
