import * as fc from "fast-check";
import type { InSyncProposal } from "@millrace/metadata";
import { type BrokerEpoch, BrokerId } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { PartitionModel } from "./support/partition-model.ts";

/** More where time is no matter: MILLRACE_MODEL_RUNS=4000. */
const numRuns = Number(process.env["MILLRACE_MODEL_RUNS"] ?? 300);

const brokers = [1, 2, 3, 4].map(BrokerId);
const broker = fc.constantFrom(...brokers);
const target = fc.shuffledSubarray(brokers, { minLength: 1, maxLength: 3 });

const everyday = ["learn", "learn", "append", "fetch", "fetch", "advance", "propose", "decide", "work", "catch up"] as const;
const trouble = [
  "crash",
  "return",
  "return",
  "return unnoted",
  "fence",
  "stop",
  "reassign",
  "cancel",
  "elect",
  "minIsr",
  "lose",
  "reboot",
] as const;

/** One thing that happens to one broker. */
const happening = fc.record({
  kind: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...everyday) }, { weight: 1, arbitrary: fc.constantFrom(...trouble) }),
  broker,
  other: broker,
  target,
  count: fc.integer({ min: 1, max: 3 }),
  isHeard: fc.boolean(),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** A proposal on its way to the controller, and the life that made it. */
interface UnderWay {
  readonly leader: BrokerId;
  readonly epoch: BrokerEpoch;
  readonly proposal: InSyncProposal;
}

/** What a leader is there for, whoever follows it at the moment. */
function work(model: PartitionModel, leader: BrokerId): void {
  model.append(leader);
  for (const follower of brokers) model.fetch(follower, 2);
  model.advance(leader);
}

/** Everybody learns what there is to know, and the leaders have in sync whoever has caught up. */
function catchUp(model: PartitionModel, underWay: UnderWay[]): void {
  for (const id of brokers) model.learn(id);
  for (const id of brokers) model.fetch(id, 2);
  for (const id of brokers) {
    model.advance(id);
    const proposal = model.proposal(id, id);
    if (proposal !== undefined) underWay.push({ leader: id, epoch: model.replicas.get(id)!.epoch!, proposal });
  }
  for (const { leader, epoch, proposal } of underWay.splice(0)) model.alterIsr(leader, epoch, proposal, true);
}

function happen(model: PartitionModel, underWay: UnderWay[], { kind, broker: id, other, target: to, count, isHeard }: Happening): void {
  const replica = model.replicas.get(id)!;
  switch (kind) {
    case "learn":
      return model.learn(id);
    case "append":
      return model.append(id);
    case "fetch":
      return model.fetch(id, count);
    case "advance":
      return model.advance(id);
    case "propose": {
      const proposal = model.proposal(id, other);
      if (proposal !== undefined) underWay.push({ leader: id, epoch: replica.epoch!, proposal });
      return;
    }
    case "decide": {
      const [next] = underWay.splice(count % Math.max(1, underWay.length), 1);
      return next && model.alterIsr(next.leader, next.epoch, next.proposal, isHeard);
    }
    case "work":
      return work(model, id);
    case "catch up":
      return catchUp(model, underWay);
    case "reboot":
      model.crash(id, Math.max(0, replica.log.length - count));
      return model.register(id);
    case "crash":
      return model.crash(id, Infinity);
    case "lose":
      return model.crash(id, Math.max(0, replica.log.length - count));
    case "return":
      return model.register(id);
    case "return unnoted":
      return model.register(id, false);
    case "fence":
      return model.fence(id);
    case "stop":
      return replica.isUp ? model.stop(id) : undefined;
    case "reassign":
      return model.reassign(to);
    case "cancel":
      return model.reassign(undefined);
    case "elect":
      return model.electPreferred();
    case "minIsr":
      return model.setMinIsr(count);
  }
}

test("whatever happens, who may lead holds everything committed, unless it was said that records may be lost", () => {
  const setting = fc.record({ replicas: target, minIsr: fc.integer({ min: 1, max: 3 }) });
  fc.assert(
    fc.property(setting, fc.array(happening, { maxLength: 120, size: "max" }), (options, all) => {
      const model = new PartitionModel(brokers, options);
      const underWay: UnderWay[] = [];
      for (const one of all) {
        happen(model, underWay, one);
        model.check();
      }
    }),
    { numRuns },
  );
});

test("as long as nothing is lost and no setting changes, enough replicas may lead", () => {
  const calm = happening.filter(({ kind }) => !["lose", "reboot", "minIsr", "reassign", "cancel"].includes(kind));
  fc.assert(
    fc.property(target, fc.integer({ min: 1, max: 3 }), fc.array(calm, { maxLength: 80, size: "max" }), (replicas, minIsr, all) => {
      const model = new PartitionModel(brokers, { replicas, minIsr });
      const underWay: UnderWay[] = [];
      for (const one of all) {
        happen(model, underWay, one);
        const { isr, eligibleLeaders } = model.partition!;
        expect(isr.length + eligibleLeaders.length).toBeGreaterThanOrEqual(Math.min(minIsr, replicas.length));
      }
    }),
    { numRuns: numRuns / 3 },
  );
});
