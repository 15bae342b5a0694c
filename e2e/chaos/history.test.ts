import { expect, test } from "vitest";
import { History, type Sighting } from "./history.ts";

/** Four records of producer 7 in partition 0: acknowledged at 10, 11 and 12, the last without an answer. */
function history(): History {
  const told = new History(1);
  for (let sequence = 0; sequence < 4; sequence++) told.send(0, 7);
  for (const sequence of [0, 1, 2]) told.acknowledge(0, 7, sequence, 10 + sequence);
  return told;
}

async function kinds(told: History, ...sightings: [sequence: number, offset: number][]): Promise<string[]> {
  const anomalies = await told.check(async function* () {
    for (const [sequence, offset] of sightings) yield { producer: 7, sequence, offset } satisfies Sighting;
  });
  return anomalies.map(({ kind, sequence }) => `${kind} ${sequence}`);
}

test("what was acknowledged is there, and what was not answered may be there or not", async () => {
  expect(await kinds(history(), [0, 10], [1, 11], [2, 12])).toEqual([]);
  expect(await kinds(history(), [0, 10], [1, 11], [2, 12], [3, 13])).toEqual([]);
});

test("a record that was acknowledged and is not there is a lost write", async () => {
  expect(await kinds(history(), [0, 10], [2, 12])).toEqual(["lost write 1"]);
});

test("a record that is there twice is a duplicate, acknowledged or not", async () => {
  expect(await kinds(history(), [0, 10], [1, 11], [2, 12], [1, 13])).toEqual(["duplicate 1"]);
  expect(await kinds(history(), [0, 10], [1, 11], [2, 12], [3, 13], [3, 14])).toEqual(["duplicate 3"]);
});

test("a record behind a later one of its producer is reordered", async () => {
  expect(await kinds(history(), [0, 10], [2, 11], [1, 12])).toEqual(["inconsistent offset 2", "reordered 1"]);
});

test("a record elsewhere than its acknowledgement said has an inconsistent offset", async () => {
  expect(await kinds(history(), [0, 9], [1, 11], [2, 12])).toEqual(["inconsistent offset 0"]);
});

test("a record that nobody sent, and one whose refusal was final, are phantoms", async () => {
  expect(await kinds(history(), [0, 10], [1, 11], [2, 12], [4, 13])).toEqual(["phantom 4"]);
  const told = history();
  told.refuse(0, 7, 3);
  expect(await kinds(told, [0, 10], [1, 11], [2, 12], [3, 13])).toEqual(["phantom 3"]);
});
