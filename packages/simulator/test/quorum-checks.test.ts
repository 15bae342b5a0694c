import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { Marks } from "../src/index.ts";
import { Agreement } from "../src/quorum/checks/agreement.ts";
import { Commits } from "../src/quorum/checks/commits.ts";
import { Keeper } from "../src/quorum/keeper.ts";

const property = (act: () => void): string => {
  try {
    act();
    return "holds";
  } catch (error) {
    return (error as { property: string }).property;
  }
};

/** A keeper that has folded these records, each `key=value`, from offset 1 on. */
function keeper(commits: Commits, records: readonly string[]): Keeper {
  const made = new Keeper(commits);
  records.forEach((record, index) => made.committed(Offset(1 + index), 1, [Buffer.from(record)]));
  return made;
}

test("two leaders of one term are a violation of R1, one that is elected twice is none", () => {
  const agreement = new Agreement(new Marks());
  agreement.elected("1@a", 3);
  expect(property(() => agreement.elected("1@a", 3))).toBe("holds");
  expect(property(() => agreement.elected("2@b", 4))).toBe("holds");
  expect(property(() => agreement.elected("2@b", 3))).toBe("R1");
});

test("an entry that differs, or follows another one, is a violation of R2", () => {
  const agreement = new Agreement(new Marks());
  const entry = { offset: 7, term: 2, checksum: 11, previousTerm: 1 };
  agreement.match("1@a", entry);
  expect(property(() => agreement.match("2@b", { ...entry, previousTerm: undefined }))).toBe("holds");
  expect(property(() => agreement.match("2@b", { ...entry, term: 3, checksum: 12 }))).toBe("holds");
  expect(property(() => agreement.match("2@b", { ...entry, checksum: 12 }))).toBe("R2");
  expect(property(() => agreement.match("2@b", { ...entry, previousTerm: 2 }))).toBe("R2");
});

test("who folds something else, or comes to another state by a snapshot, violates R4", async () => {
  const commits = new Commits();
  const first = keeper(commits, ["a=1", "b=2"]);
  expect(property(() => keeper(commits, ["a=1", "b=2"]))).toBe("holds");
  expect(property(() => keeper(commits, ["a=1", "b=3"]))).toBe("R4");
  expect(await new Keeper(commits).restore(Offset(2), 1, first.chunks()).then(() => "holds")).toBe("holds");
  const earlier = keeper(new Commits(), ["a=1"]);
  const restored = new Keeper(commits).restore(Offset(2), 1, earlier.chunks());
  expect(await restored.catch((error: { property: string }) => error.property)).toBe("R4");
});

test("an acknowledgement of what nobody has folded in there violates R9", () => {
  const commits = new Commits();
  keeper(commits, ["a=1", "b=2"]);
  expect(property(() => commits.acknowledged(Offset(2), ["b=2"]))).toBe("holds");
  expect(property(() => commits.acknowledged(Offset(2), ["b=9"]))).toBe("R9");
  expect(property(() => commits.acknowledged(Offset(3), ["c=3"]))).toBe("R9");
});

test("of one offset two terms cannot both be committed", () => {
  const commits = new Commits();
  commits.committed(Offset(5), 2, "1@a");
  expect(property(() => commits.committed(Offset(5), 2, "2@b"))).toBe("holds");
  expect(property(() => commits.committed(Offset(5), 3, "2@b"))).toBe("R4");
});
