import { BrokerId, LeaderEpoch, Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { Following } from "../src/following/following.ts";
import { ModelLog } from "./support/model-log.ts";

const marks = { highWatermark: Offset(6), logStart: Offset(3), syncTo: Offset(0) };
const accepted = { type: "accepted", ...marks } as const;

test("where the leader's log begins within a batch, a replica that has nothing begins with the whole batch, and drops its beginning later", () => {
  const log = new ModelLog();
  const following = new Following(log, { leader: BrokerId(1), leaderEpoch: LeaderEpoch(4), highWatermark: Offset(0) });
  following.subscribe(1);
  expect(following.answered(1, { type: "behind", logStart: Offset(3) })).toEqual({ type: "restart", at: 3 });
  log.restartAt(3);
  following.cut();
  following.subscribe(2);
  following.answered(2, accepted);
  expect(following.pushed(2, marks, Offset(3), Offset(0))).toEqual({ type: "restart", at: 0 });
  log.restartAt(0);
  following.cut();
  expect(following.subscribe(3)).toMatchObject({ end: 3, written: 0 });
  following.answered(3, accepted);
  expect(following.pushed(3, marks, Offset(3), Offset(0))).toEqual({ type: "append" });
  log.append(Array.from({ length: 6 }, () => ({ epoch: 2, value: "a" })));
  log.written();
  expect(following.logStartDue).toBe(3);
});

test("a log that holds something is never begun anew by what is pushed", () => {
  const log = new ModelLog();
  log.append([{ epoch: 2, value: "a" }]);
  log.written();
  const following = new Following(log, { leader: BrokerId(1), leaderEpoch: LeaderEpoch(4), highWatermark: Offset(0) });
  following.subscribe(1);
  following.answered(1, accepted);
  expect(following.pushed(1, marks, Offset(1), Offset(0))).toEqual({ type: "append" });
});
