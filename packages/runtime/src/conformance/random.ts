import { strict as assert } from "node:assert";
import { isUuid, uuidToBytes } from "@millrace/vocabulary";
import type { Random } from "../ports/random.ts";
import type { Claim, InWorld } from "./claims.ts";

export interface RandomWorld {
  readonly random: Random;
}

/** What the Random port promises. */
export function randomSuite(claim: Claim, inWorld: InWorld<RandomWorld>): void {
  const claimIn = (sentence: string, prove: (world: RandomWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("draws are whole numbers in [0, bound), and every one of a small bound comes", async ({ random }) => {
    const stream = random.stream("draws");
    for (const bound of [1, 2, 3, 7, 1000, 2 ** 31, 2 ** 32]) {
      for (let draw = 0; draw < 200; draw++) {
        const drawn = stream.below(bound);
        assert.ok(Number.isInteger(drawn) && drawn >= 0 && drawn < bound, `${drawn} of ${bound}`);
      }
    }
    const seen = new Set(Array.from({ length: 1000 }, () => stream.below(10)));
    assert.equal(seen.size, 10);
  });

  claimIn("draws are spread evenly", async ({ random }) => {
    const stream = random.stream("spread");
    const counts = Array.from({ length: 16 }, () => 0);
    for (let draw = 0; draw < 16_000; draw++) counts[stream.below(16)]!++;
    // Eight standard deviations of a count that is 1000 on average.
    for (const count of counts) assert.ok(Math.abs(count - 1000) < 250, `${count} of 1000`);
  });

  claimIn("bytes are as many as asked for, and differ", async ({ random }) => {
    const stream = random.stream("bytes");
    for (const length of [0, 1, 16, 1000]) assert.equal(stream.bytes(length).length, length);
    assert.ok(!stream.bytes(16).equals(stream.bytes(16)));
  });

  claimIn("UUIDs are of version 4 in Kafka's form, differ, and none begins with a hyphen", async ({ random }) => {
    const stream = random.stream("ids");
    const uuids = Array.from({ length: 500 }, () => stream.uuid());
    assert.equal(new Set(uuids).size, 500);
    for (const uuid of uuids) {
      const bytes = uuidToBytes(uuid);
      assert.ok(isUuid(uuid) && !uuid.startsWith("-"));
      assert.equal(bytes[6]! >> 4, 4);
      assert.equal(bytes[8]! >> 6, 2);
    }
  });
}
