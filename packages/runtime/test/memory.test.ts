import { array, assert, boolean, constantFrom, nat, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { MemoryBudget, type Pressure } from "../src/index.ts";

test("pressure rises at 70, 85 and 100 per cent of the budget, falls there too, and each change is told once", () => {
  const budget = new MemoryBudget(() => 1000);
  const told: Pressure[] = [];
  budget.watch((pressure) => told.push(pressure));
  const [requests, tails] = [budget.account("request"), budget.account("tail")];
  for (const [account, bytes] of [
    [requests, 699],
    [tails, 1],
    [tails, 149],
    [requests, 1],
    [requests, 150],
    [tails, 1],
  ] as const)
    account.charge(bytes);
  expect(told).toEqual(["pause", "shrink", "refuse"]);
  requests.release(850);
  expect(told).toEqual(["pause", "shrink", "refuse", "none"]);
  expect([budget.bytes, budget.pressure]).toEqual([151, "none"]);
});

test("the budget is read at each change, so that it may be changed while running", () => {
  let bytesMax = 1000;
  const budget = new MemoryBudget(() => bytesMax);
  budget.account("tail").charge(600);
  expect(budget.pressure).toBe("none");
  bytesMax = 600;
  budget.account("tail").charge(1);
  expect(budget.pressure).toBe("refuse");
});

test("the budget holds the sum of its accounts, whatever is charged and released", () => {
  const moves = array(tuple(constantFrom("request", "response", "tail"), nat(10_000), boolean()));
  assert(
    property(moves, (sequence) => {
      const budget = new MemoryBudget(() => 50_000);
      for (const [kind, bytes, isRelease] of sequence) {
        const account = budget.account(kind);
        if (isRelease) account.release(Math.min(bytes, account.bytes));
        else account.charge(bytes);
      }
      expect([...budget.accounts()].reduce((sum, { bytes }) => sum + bytes, 0)).toBe(budget.bytes);
    }),
  );
});

test("an account of one kind is one account, and releases no more than it was charged", () => {
  const budget = new MemoryBudget(() => 1000);
  expect(budget.account("tail")).toBe(budget.account("tail"));
  budget.account("tail").charge(10);
  expect(() => budget.account("tail").release(11)).toThrow("an account releases no more than it was charged");
});

test("a watcher that left is told nothing more", () => {
  const budget = new MemoryBudget(() => 10);
  const told: Pressure[] = [];
  const leave = budget.watch((pressure) => told.push(pressure));
  leave();
  budget.account("tail").charge(10);
  expect(told).toEqual([]);
});

test("where a watcher gives way at once, those told after it hear the pressure that is left, and nothing of the one before", () => {
  const budget = new MemoryBudget(() => 100);
  const [reads, last] = [budget.account("read"), [] as Pressure[]];
  budget.watch((pressure) => {
    if (pressure !== "none") reads.release(reads.bytes);
  });
  budget.watch((pressure) => last.push(pressure));
  reads.charge(90);
  expect([budget.pressure, last]).toEqual(["none", ["none"]]);
});
