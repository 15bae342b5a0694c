import { setTimeout as sleep } from "node:timers/promises";
import type { CommitLoop } from "./commit-loop.ts";
import type { Trio } from "./trio.ts";

/** What a cluster is like when something happens to it. */
export interface Moment {
  readonly trio: Trio;
  readonly topic: string;
  /** By partition. */
  readonly leaders: readonly number[];
  readonly commits: CommitLoop;
}

/** What is wanted of the partition that waits longest in a round, in milliseconds: of the rounds' median, and of the worst round. */
export interface GapGoal {
  readonly p50Ms: number;
  readonly worstMs: number;
}

/** A way in which a broker goes. */
export interface GapFault {
  readonly title: string;
  readonly goal: GapGoal;
  /** Of Kafka's producer, beside its defaults. */
  readonly clientSettings: readonly string[];
  /** Whom it meets; undefined: everybody, one after the other. */
  victim(moment: Moment): Promise<number | undefined>;
  begin(moment: Moment, victim: number | undefined): Promise<void>;
  /** Makes it good again. */
  end(moment: Moment, victim: number | undefined): Promise<void>;
}

/**
 * Kafka's client waits 30 s for a broker that is silent, whoever leads meanwhile: this is that of an application which waits for no
 * broker longer than for a second.
 */
const impatient = ["request.timeout.ms=1000"];

const killGoal: GapGoal = { p50Ms: 300, worstMs: 1_000 };
/** The session time-out, 2 s by default, and a second. */
const silenceGoal: GapGoal = { p50Ms: 3_000, worstMs: 3_000 };
const stopGoal: GapGoal = { p50Ms: 100, worstMs: 100 };

const killed = { goal: killGoal, ...ending("SIGKILL") };
const standing = {
  goal: silenceGoal,
  clientSettings: impatient,
  begin: async ({ trio }: Moment, victim: number | undefined) => trio.signal(victim!, "SIGSTOP"),
  end: async ({ trio }: Moment, victim: number | undefined) => trio.signal(victim!, "SIGCONT"),
};
const cutOff = {
  goal: silenceGoal,
  clientSettings: impatient,
  begin: async ({ trio }: Moment, victim: number | undefined) => trio.isolate(victim!),
  end: async ({ trio }: Moment) => trio.network.heal(),
};

/** All of them, by the names that the command takes. Each leader is a follower, too: of partitions that others lead. */
export const gapFaults: Readonly<Record<string, GapFault>> = {
  kill: { title: "kill -9 of a broker", victim: broker, ...killed },
  "kill-controller": { title: "kill -9 of the broker that is the active controller", victim: activeController, ...killed },
  "kill-coordinator": {
    title: "kill -9 of the coordinator of a group",
    victim: ({ commits }) => commits.coordinator(),
    ...killed,
  },
  pause: { title: "SIGSTOP of a broker", victim: broker, ...standing },
  "pause-controller": { title: "SIGSTOP of the broker that is the active controller", victim: activeController, ...standing },
  isolate: { title: "a broker cut off from the others (black hole)", victim: broker, ...cutOff },
  "isolate-controller": { title: "the active controller cut off from the others (black hole)", victim: activeController, ...cutOff },
  stop: { title: "SIGTERM of a broker", victim: broker, goal: stopGoal, ...ending("SIGTERM") },
  "stop-controller": {
    title: "SIGTERM of the broker that is the active controller",
    victim: activeController,
    goal: stopGoal,
    ...ending("SIGTERM"),
  },
  roll: { title: "a rolling restart", victim: async () => undefined, goal: stopGoal, clientSettings: [], begin: roll, end: async () => {} },
};

/** The broker, not the active controller, that leads the most. */
async function broker({ trio, leaders }: Moment): Promise<number> {
  const active = await trio.activeController();
  const led = (id: number) => leaders.filter((leader) => leader === id).length;
  return trio.ids.filter((id) => id !== active).reduce((most, id) => (led(id) > led(most) ? id : most));
}

function activeController({ trio }: Moment): Promise<number> {
  return trio.activeController();
}

/** Ends the process, and starts it again. */
function ending(signal: "SIGKILL" | "SIGTERM"): Pick<GapFault, "clientSettings" | "begin" | "end"> {
  return {
    clientSettings: [],
    begin: ({ trio }, victim) => trio.end(victim!, signal),
    end: ({ trio }, victim) => trio.spawn(victim!),
  };
}

/** Between one restart and the next there is a moment in which a client that lost somebody has found everybody again. */
const betweenRestartsMs = 500;

async function roll({ trio, topic }: Moment): Promise<void> {
  for (const id of trio.ids) {
    await trio.end(id, "SIGTERM");
    await trio.spawn(id);
    await trio.whole(topic);
    await sleep(betweenRestartsMs);
  }
}
