import { type ErrorCode, MillraceError } from "@millrace/vocabulary";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Delivery } from "../src/producer/delivery.ts";
import { PartitionDelivery } from "../src/producer/partition-delivery.ts";

const farMs = 1_000_000;

function partition(options: { readonly inFlightMax?: number; readonly identity?: number | undefined } = {}) {
  const delivery = new PartitionDelivery<string>({ inFlightMax: options.inFlightMax ?? 5, isIdempotent: true, backoffMs: () => 100 });
  const { identity = 7 } = options;
  delivery.identify({ producerId: identity, producerEpoch: 0 });
  return delivery;
}

/** A partition whose identity the broker knows already: batches may go several at a time. */
function established(names: readonly string[]) {
  const its = partition();
  its.add("first", 1, farMs);
  its.answered(its.toSend(0)[0]!, { error: undefined, baseOffset: 0 }, 0);
  for (const name of names) its.add(name, 10, farMs);
  return its;
}

function expired() {
  return new MillraceError("REQUEST_TIMED_OUT");
}

function failure(code: ErrorCode) {
  return { error: new MillraceError(code) };
}

function spell(sent: readonly Delivery<string>[]) {
  return sent.map(({ batch, sequence }) => `${batch}@${sequence?.identity.producerId}:${sequence?.base}`);
}

test("sequences count records", () => {
  expect(spell(established(["a", "b", "c"]).toSend(0))).toEqual(["a@7:1", "b@7:11", "c@7:21"]);
});

test("no more than inFlightMax batches are under way", () => {
  const its = established(["a", "b", "c", "d", "e", "f"]);
  const sent = its.toSend(0);
  expect(sent).toHaveLength(5);
  its.answered(sent[0]!, { error: undefined, baseOffset: 1 }, 0);
  expect(spell(its.toSend(0))).toEqual(["f@7:51"]);
});

test("under a new identity the first batch goes alone, since the broker would take a later one as the first", () => {
  const its = partition();
  its.add("a", 1, farMs);
  its.add("b", 1, farMs);
  const sent = its.toSend(0);
  expect(spell(sent)).toEqual(["a@7:0"]);
  its.answered(sent[0]!, { error: undefined, baseOffset: 0 }, 0);
  expect(spell(its.toSend(0))).toEqual(["b@7:1"]);
});

test("nothing is sent so far ahead of a batch that is not settled that the broker would forget it", () => {
  const its = established(["a", "b", "c", "d", "e", "f"]);
  const [a, b, c, d, e] = its.toSend(0);
  // All five were appended, but the answers to the first two got lost.
  its.answered(a!, failure("NOT_ENOUGH_REPLICAS"), 0);
  its.answered(b!, failure("NOT_ENOUGH_REPLICAS"), 0);
  for (const delivery of [c, d, e]) its.answered(delivery!, { error: undefined, baseOffset: 1 }, 0);
  expect(spell(its.toSend(100))).toEqual(["a@7:1", "b@7:11"]);
  its.answered(a!, { error: undefined, baseOffset: 1 }, 100);
  expect(spell(its.toSend(100))).toEqual(["f@7:51"]);
});

test("what failed for a while is sent again with the same sequence, after the back-off", () => {
  const its = established(["a", "b"]);
  const [a, b] = its.toSend(0);
  expect(its.answered(a!, failure("NOT_LEADER_OR_FOLLOWER"), 0)).toEqual([]);
  expect(its.answered(b!, failure("OUT_OF_ORDER_SEQUENCE_NUMBER"), 0)).toEqual([]);
  expect(its.toSend(99)).toEqual([]);
  expect(its.dueMs).toBe(100);
  expect(spell(its.toSend(100))).toEqual(["a@7:1", "b@7:11"]);
});

test("a batch that came twice counts as delivered, at an offset that nobody knows", () => {
  const its = established(["a"]);
  const [a] = its.toSend(0);
  expect(its.answered(a!, failure("DUPLICATE_SEQUENCE_NUMBER"), 0)).toEqual([{ batch: "a", error: undefined, baseOffset: -1 }]);
});

test("a refused batch with none behind it gives its sequence back", () => {
  const its = established(["a"]);
  const [a] = its.toSend(0);
  expect(its.answered(a!, failure("MESSAGE_TOO_LARGE"), 0)).toMatchObject([{ batch: "a", error: { code: "MESSAGE_TOO_LARGE" } }]);
  its.add("b", 1, farMs);
  expect(spell(its.toSend(0))).toEqual(["b@7:1"]);
});

test("a refused batch with others behind it makes them start over under a new identity", () => {
  const its = established(["a", "b", "c"]);
  const [a, b, c] = its.toSend(0);
  its.answered(a!, failure("MESSAGE_TOO_LARGE"), 0);
  its.answered(b!, failure("OUT_OF_ORDER_SEQUENCE_NUMBER"), 0);
  expect(its.needsIdentity).toBe(false);
  its.answered(c!, failure("OUT_OF_ORDER_SEQUENCE_NUMBER"), 0);
  expect(its.needsIdentity).toBe(true);
  expect(its.formerIdentity).toEqual({ producerId: 7, producerEpoch: 0 });
  its.identify({ producerId: 8, producerEpoch: 0 });
  expect(spell(its.toSend(200))).toEqual(["b@8:0"]);
});

test("a batch whose fate is unknown is given up at its deadline, and nothing new is sent before the rest is known", () => {
  const its = partition();
  its.add("first", 1, farMs);
  its.answered(its.toSend(0)[0]!, { error: undefined, baseOffset: 0 }, 0);
  its.add("a", 10, 50);
  its.add("b", 10, farMs);
  const [, b] = its.toSend(0);
  expect(its.expire(50, expired)).toMatchObject([{ batch: "a", error: { code: "REQUEST_TIMED_OUT" } }]);
  its.add("c", 10, farMs);
  expect(its.toSend(50)).toEqual([]);
  // It was in the log after all: so is what came behind it.
  expect(its.answered(b!, { error: undefined, baseOffset: 11 }, 50)).toEqual([{ batch: "b", error: undefined, baseOffset: 11 }]);
  its.identify({ producerId: 8, producerEpoch: 0 });
  expect(spell(its.toSend(50))).toEqual(["c@8:0"]);
});

test("a first batch that the broker cannot continue with starts over under a new identity", () => {
  const its = established(["a"]);
  const [a] = its.toSend(0);
  its.answered(a!, failure("UNKNOWN_PRODUCER_ID"), 0);
  expect(its.needsIdentity).toBe(true);
  its.identify({ producerId: 8, producerEpoch: 0 });
  expect(spell(its.toSend(100))).toEqual(["a@8:0"]);
});

test("an answer that comes after the batch was given up is passed over", () => {
  const its = established([]);
  its.add("a", 1, 10);
  const [a] = its.toSend(0);
  its.expire(10, expired);
  expect(its.answered(a!, { error: undefined, baseOffset: 1 }, 20)).toEqual([]);
});

/** A partition's leader, as much of it as deduplicates. */
class Broker {
  readonly log: number[] = [];
  readonly #producers = new Map<number, { next: number; latest: { base: number; count: number; offset: number }[] }>();

  append({ batch, sequence, recordCount }: Delivery<number>): ErrorCode | number {
    const { identity, base } = sequence!;
    const known = this.#producers.get(identity.producerId);
    const duplicate = known?.latest.find((each) => each.base === base && each.count === recordCount);
    if (duplicate !== undefined) return duplicate.offset;
    if (known !== undefined && known.next !== base) return "OUT_OF_ORDER_SEQUENCE_NUMBER";
    const state = known ?? { next: base, latest: [] };
    const offset = this.log.push(batch) - 1;
    this.#producers.set(identity.producerId, {
      next: base + recordCount,
      latest: [...state.latest, { base, count: recordCount, offset }].slice(-5),
    });
    return offset;
  }
}

describe("whatever breaks when", () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant("add" as const), records: fc.integer({ min: 1, max: 3 }) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("send" as const) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant("arrive" as const),
        refusal: fc.option(fc.constantFrom<ErrorCode>("NOT_LEADER_OR_FOLLOWER", "MESSAGE_TOO_LARGE", "NOT_ENOUGH_REPLICAS"), {
          nil: undefined,
          freq: 4,
        }),
      }),
    },
    { weight: 5, arbitrary: fc.record({ do: fc.constant("answer" as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("break" as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.nat(300) }) },
  );

  test("no batch is in the log twice, what was acknowledged is in it, and order is kept", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const its = new PartitionDelivery<number>({ inFlightMax: 5, isIdempotent: true, backoffMs: () => 10 });
        const broker = new Broker();
        const [acknowledged, failed]: [number[], number[]] = [[], []];
        let wire: Delivery<number>[] = [];
        let answers: { delivery: Delivery<number>; said: ErrorCode | number }[] = [];
        let [nowMs, added, identities] = [0, 0, 0];
        const note = (settled: ReturnType<typeof its.expire>) => {
          for (const { batch, error } of settled) (error === undefined ? acknowledged : failed).push(batch);
        };
        const tell = (delivery: Delivery<number>, said: ErrorCode | number) =>
          note(its.answered(delivery, typeof said === "number" ? { error: undefined, baseOffset: said } : failure(said), nowMs));
        const send = () => {
          if (its.needsIdentity) its.identify({ producerId: ++identities, producerEpoch: 0 });
          wire.push(...its.toSend(nowMs));
        };
        const arrive = (refusal?: ErrorCode) => {
          const delivery = wire.shift();
          if (delivery !== undefined) answers.push({ delivery, said: refusal ?? broker.append(delivery) });
        };
        const answer = () => {
          const next = answers.shift();
          if (next !== undefined) tell(next.delivery, next.said);
        };
        for (const each of steps) {
          if (each.do === "add") its.add(added++, each.records, nowMs + 250);
          else if (each.do === "send") send();
          else if (each.do === "arrive") arrive(each.refusal);
          else if (each.do === "answer") answer();
          else if (each.do === "wait") note(its.expire((nowMs += each.ms), expired));
          else {
            const lost = [...answers.map(({ delivery }) => delivery), ...wire];
            [wire, answers] = [[], []];
            for (const delivery of lost) tell(delivery, "CONNECTION_FAILED");
          }
        }
        for (let round = 0; !its.isEmpty && round < 1000; round++) {
          nowMs += 10;
          send();
          while (wire.length > 0) arrive();
          while (answers.length > 0) answer();
        }
        expect(its.isEmpty).toBe(true);
        expect(new Set(broker.log).size).toBe(broker.log.length);
        expect(acknowledged.every((batch) => broker.log.includes(batch))).toBe(true);
        expect(broker.log).toEqual([...broker.log].sort((a, b) => a - b));
        expect([...acknowledged, ...failed].sort((a, b) => a - b)).toEqual(Array.from({ length: added }, (_, index) => index));
      }),
      { numRuns: 1000 },
    );
  });
});
