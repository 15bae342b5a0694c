import { setTimeout as sleep } from "node:timers/promises";
import type { Figures } from "./alternation.ts";
import { SteadyLoad } from "./steady-load.ts";
import type { Trio } from "./trio.ts";

/** As long as the collector of a large heap takes, or a disk that is busy: a quarter of the session time-out. */
const stallMs = 500;
/** From the end of one stall to the next: everybody has been heard again. */
const betweenMs = 1_500;
/** More than a cluster of one machine takes: what waits fills the producer's buffer. */
const beatMs = 1;
const minuteMs = 60_000;

export interface StallOptions {
  readonly partitions: number;
  readonly stallMinutes: number;
}

/** Lets one broker after the other stand still for a moment, each a leader, a follower and one of them the active controller. */
export async function stalls(trio: Trio, { partitions, stallMinutes }: StallOptions): Promise<Figures> {
  const topic = `stall-${partitions}`;
  await trio.createTopic(topic, partitions);
  await trio.whole(topic);
  const load = await SteadyLoad.start({ bootstrap: trio.bootstrap, topic, partitions, beatMs, settings: [] });
  try {
    const [before, sentBefore] = [await trio.epochs(topic), (await load.silences()).acknowledged];
    const startMs = performance.now();
    let count = 0;
    for (; performance.now() - startMs < stallMinutes * minuteMs; count++) {
      const victim = trio.ids[count % trio.ids.length]!;
      trio.signal(victim, "SIGSTOP");
      await sleep(stallMs);
      trio.signal(victim, "SIGCONT");
      await sleep(betweenMs);
    }
    const seconds = (performance.now() - startMs) / 1_000;
    const [after, { acknowledged, errors }] = [await trio.epochs(topic), await load.silences()];
    return {
      stalls: count,
      leaderEpochs: after.leaderEpochs - before.leaderEpochs,
      terms: after.term - before.term,
      recordsPerSecond: (acknowledged - sentBefore) / seconds,
      errors,
    };
  } finally {
    await load.stop();
  }
}
