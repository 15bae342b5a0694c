import type { CrashCause } from "@millrace/runtime/simulated";
import { type Fault, type MachineScene, lasting } from "./fault.ts";

/** How many events may pass until a crash that strikes between two of them. */
const eventsMax = 400;

function crash({ chance, node }: MachineScene, cause: CrashCause): boolean {
  if (!node.isAlive) return false;
  node.crash(cause, chance.pick([0, 50, 1_000, 5_000]));
  return true;
}

/** Crashes are likeliest where most happens, not where most time passes. */
function crashBetweenEvents(scene: MachineScene, cause: CrashCause): boolean {
  if (!scene.node.isAlive) return false;
  scene.stage.afterEvents(1 + scene.chance.below(eventsMax), () => void crash(scene, cause));
  return true;
}

/** Crashes again and again, soon after each start: in the middle of recovery. */
function storm(scene: MachineScene, cause: CrashCause): boolean {
  const { stage, chance, node } = scene;
  if (!node.isAlive) return false;
  let left = 2 + chance.below(4);
  const again = () => {
    node.crash(cause, 0);
    if (--left > 0) stage.later(1 + chance.below(300), again);
  };
  again();
  return true;
}

/** What becomes of processes. */
export const processFaults = {
  kill: { does: "the process dies; the page cache stays", strike: (scene) => crash(scene, "killed") },
  "kill between two events": {
    does: "the process dies some events later, at any await and between any two operations on its disk",
    strike: (scene) => crashBetweenEvents(scene, "killed"),
  },
  "kill storm": { does: "the process dies again and again while it recovers", strike: (scene) => storm(scene, "killed") },
  "power cut": {
    does: "the machine loses of all that was not synced any part, by sectors of 512 bytes",
    strike: (scene) => crash(scene, "power cut"),
  },
  "power cut between two events": {
    does: "the same some events later",
    strike: (scene) => crashBetweenEvents(scene, "power cut"),
  },
  "power cut storm": { does: "the power goes again and again while it recovers", strike: (scene) => storm(scene, "power cut") },
  "power cut that takes everything": {
    does: "nothing survives that was not synced",
    strike: (scene) => {
      scene.stage.world.change(scene.node.name, { disk: { sectorSurvivesPpm: 0 }, kv: { cutCommitLandsPpm: 0 } });
      return crash(scene, "power cut");
    },
  },
  "torn writes": {
    does: "from now on a write that a crash cuts short leaves a part of itself, and an unsynced sector survives by chance",
    strike: ({ stage, node, chance }) => {
      stage.world.change(node.name, { disk: { tornPpm: 1_000_000, sectorSurvivesPpm: chance.pick([100_000, 500_000, 900_000]) } });
      return true;
    },
  },
  "clean stop": {
    does: "the process stops in order, and starts again",
    strike: ({ node, chance }) => {
      if (!node.isServing) return false;
      node.stop(10_000, chance.pick([0, 1_000]));
      return true;
    },
  },
  pause: {
    does: "the process stands still, as by SIGSTOP, and goes on seconds later",
    strike: (scene) =>
      lasting(
        scene,
        [2_000, 15_000],
        () => scene.stage.world.pause(scene.node.name),
        () => scene.stage.world.resume(scene.node.name),
      ),
  },
  "loop stall": {
    does: "the event loop hangs for up to two seconds",
    strike: (scene) =>
      lasting(
        scene,
        [20, 2_000],
        () => scene.stage.world.pause(scene.node.name),
        () => scene.stage.world.resume(scene.node.name),
      ),
  },
} as const satisfies Record<string, Fault<MachineScene>>;
