import type { Clock, Timer } from "@millrace/runtime";
import { MillraceError } from "@millrace/vocabulary";
import type { LeadWatch } from "./lead-watch.ts";

/** Connections that break in passing stand again sooner: they are tried after 20, 40 and 80 ms. */
const lostMs = 200;

/**
 * Waits for a last word from the controller while there may be one: rejects with NOT_CONTROLLER as soon as most of the voters have been out
 * of reach for `lostMs`. When a whole cluster stops the last ones would wait for nobody.
 */
export function whileInReach<Value>(word: Promise<Value>, watch: LeadWatch, clock: Clock): Promise<Value> {
  const lost = Promise.withResolvers<never>();
  let timer: Timer | undefined;
  const look = () => {
    timer?.cancel();
    const error = new MillraceError("NOT_CONTROLLER", { reason: "most controllers are out of reach", lostMs });
    timer = watch.reachesMajority ? undefined : clock.timer(lostMs, () => lost.reject(error));
  };
  const forget = watch.watchReach(look);
  look();
  return Promise.race([word, lost.promise]).finally(() => {
    forget();
    timer?.cancel();
  });
}
