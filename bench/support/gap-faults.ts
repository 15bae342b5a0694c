import type { CommitLoop } from "./commit-loop.ts";
import type { Trio } from "./trio.ts";

/** What a cluster is like when something happens to it. */
export interface Moment {
  readonly trio: Trio;
  /** By partition. */
  readonly leaders: readonly number[];
  readonly commits: CommitLoop;
}

/** A way in which a broker goes. */
export interface GapFault {
  readonly title: string;
  /** Of Kafka's producer, beside its defaults. */
  readonly clientSettings: readonly string[];
  /** Whom it meets: a broker that leads partitions. */
  victim(moment: Moment): Promise<number>;
  begin(trio: Trio, victim: number): Promise<void>;
  /** Makes it good again. */
  end(trio: Trio, victim: number): Promise<void>;
}

/**
 * Kafka's client waits 30 s for a broker that is silent, whoever leads meanwhile: this is that of an application which waits for no
 * broker longer than for a second.
 */
const impatient = ["request.timeout.ms=1000"];

const killed = ending("SIGKILL");
const standing = {
  clientSettings: impatient,
  begin: async (trio: Trio, victim: number) => trio.signal(victim, "SIGSTOP"),
  end: async (trio: Trio, victim: number) => trio.signal(victim, "SIGCONT"),
};
const cutOff = {
  clientSettings: impatient,
  begin: async (trio: Trio, victim: number) => trio.isolate(victim),
  end: async (trio: Trio) => trio.network.heal(),
};

/** All of them, by the names that the command takes. */
export const gapFaults: Readonly<Record<string, GapFault>> = {
  kill: { title: "kill -9 of a broker", victim: broker, ...killed },
  "kill-controller": { title: "kill -9 of the broker that is the active controller", victim: activeController, ...killed },
  "kill-coordinator": { title: "kill -9 of the coordinator of a group", victim: coordinator, ...killed },
  pause: { title: "SIGSTOP of a broker", victim: broker, ...standing },
  "pause-controller": { title: "SIGSTOP of the broker that is the active controller", victim: activeController, ...standing },
  isolate: { title: "a broker cut off from the others (black hole)", victim: broker, ...cutOff },
  "isolate-controller": { title: "the active controller cut off from the others (black hole)", victim: activeController, ...cutOff },
  stop: { title: "SIGTERM of a broker (rolling restart)", victim: broker, ...ending("SIGTERM") },
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

function coordinator({ commits }: Moment): Promise<number> {
  return commits.coordinator();
}

/** Ends the process, and starts it again. */
function ending(signal: "SIGKILL" | "SIGTERM"): Omit<GapFault, "title" | "victim"> {
  return {
    clientSettings: [],
    begin: (trio, victim) => trio.end(victim, signal),
    end: (trio, victim) => trio.spawn(victim),
  };
}
