import { strict as assert } from "node:assert";
import { KiB, MiB } from "@millrace/vocabulary";
import { type Claim, type InWorld, numberedBytes, rejection } from "./claims.ts";
import { rangeClaims } from "./kv-ranges.ts";
import { key, type KvWorld, openStore, words } from "./kv-world.ts";

/** What the Kv port promises, but for what only a crash shows. */
export function kvSuite(claim: Claim, inWorld: InWorld<KvWorld>): void {
  valueClaims(claim, inWorld);
  rangeClaims(claim, inWorld);
  commitClaims(claim, inWorld);
}

function valueClaims(claim: Claim, inWorld: InWorld<KvWorld>): void {
  const claimIn = (sentence: string, prove: (world: KvWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("a key has the value that was committed last, or none", async (world) => {
    const store = await openStore(world);
    assert.equal(store.get(key("a")), undefined);
    await store.commit([{ key: key("a"), value: key("1") }]);
    await store.commit([
      { key: key("a"), value: key("2") },
      { key: key("b"), value: key("3") },
    ]);
    assert.equal(store.get(key("a"))?.toString(), "2");
    await store.commit([
      { key: key("a"), value: undefined },
      { key: key("none"), value: undefined },
    ]);
    assert.equal(store.get(key("a")), undefined);
    assert.equal(store.get(key("b"))?.toString(), "3");
  });

  claimIn("of several changes of one key in a commit the last one counts, and a commit of nothing is one", async (world) => {
    const store = await openStore(world);
    await store.commit([]);
    await store.commit([
      { key: key("a"), value: key("1") },
      { key: key("a"), value: undefined },
      { key: key("a"), value: key("2") },
    ]);
    assert.deepEqual(words(store.range({})), ["a=2"]);
  });

  claimIn("keys have 1 to 511 bytes of any kind, values any number", async (world) => {
    const store = await openStore(world);
    const keys = [Buffer.from([0]), Buffer.from([0xff]), Buffer.alloc(511, 0), Buffer.alloc(511, 0xff)];
    const values = [0, 1, 2000, 5000, 3 * MiB].map((length) => numberedBytes(length));
    for (const each of keys) {
      for (const value of values) {
        await store.commit([{ key: each, value }]);
        assert.ok(store.get(each)?.equals(value), `${each.length} bytes of key, ${value.length} of value`);
      }
    }
  });

  claimIn("memory that went in or came out may be changed without harm", async (world) => {
    const store = await openStore(world);
    const [name, value] = [key("key"), numberedBytes(10 * KiB)];
    const committed = store.commit([{ key: name, value }]);
    name.fill(0);
    value.fill(0);
    await committed;
    store.get(key("key"))!.fill(0);
    for (const entry of store.range({})) {
      entry.key.fill(0);
      entry.value.fill(0);
    }
    assert.ok(store.get(key("key"))?.equals(numberedBytes(10 * KiB)));
  });

  claimIn("a store is open once, and opened again it has what was committed", async (world) => {
    const store = await openStore(world);
    await rejection(openStore(world), "DATA_IN_USE");
    await store.commit([{ key: key("a"), value: key("1") }]);
    await store.close();
    assert.throws(() => store.get(key("a")), { code: "CLOSED" });
    assert.throws(() => words(store.range({})), { code: "CLOSED" });
    await rejection(store.commit([]), "CLOSED");
    const again = await openStore(world);
    assert.deepEqual(words(again.range({})), ["a=1"]);
  });
}

function commitClaims(claim: Claim, inWorld: InWorld<KvWorld>): void {
  const claimIn = (sentence: string, prove: (world: KvWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("commits take effect in the order of their calls, and are visible when they resolve", async (world) => {
    const store = await openStore(world);
    const resolved: number[] = [];
    const commits = Array.from({ length: 100 }, async (_, index) => {
      await store.commit([
        { key: key("last"), value: key(String(index)) },
        { key: key(`k${index}`), value: key("x") },
      ]);
      assert.ok(Number(store.get(key("last"))) >= index && store.get(key(`k${index}`)) !== undefined);
      resolved.push(index);
    });
    await Promise.all(commits);
    assert.deepEqual(
      resolved,
      Array.from({ length: 100 }, (_, index) => index),
    );
    assert.equal(store.get(key("last"))?.toString(), "99");
  });

  claimIn("close waits for the commits that were called", async (world) => {
    const store = await openStore(world);
    const commits = Array.from({ length: 10 }, (_, index) => store.commit([{ key: key(`k${index}`), value: key("x") }]));
    await store.close();
    await Promise.all(commits);
    assert.equal(words((await openStore(world)).range({})).length, 10);
  });

  claimIn(
    "a commit past bytesMax is DISK_FULL and leaves nothing, nor do those called before that was known; the store goes on",
    async (world) => {
      const store = await openStore(world, 256 * KiB);
      await store.commit([{ key: key("a"), value: key("1") }]);
      const tooMuch = Array.from({ length: 40 }, (_, index) => ({ key: key(`big${index}`), value: Buffer.alloc(10 * KiB) }));
      const commits: Promise<unknown>[] = [];
      for (const changes of [tooMuch, [{ key: key("after"), value: key("2") }], [{ key: key("later"), value: key("3") }]]) {
        commits.push(rejection(store.commit(changes), "DISK_FULL"));
        for (let turn = 0; turn < 3; turn++) await Promise.resolve();
      }
      await Promise.all(commits);
      assert.deepEqual(words(store.range({})), ["a=1"]);
      await store.commit([{ key: key("b"), value: key("3") }]);
      assert.deepEqual(words(store.range({})), ["a=1", "b=3"]);
    },
  );

  claimIn("a full store takes removals, and then has room again", async (world) => {
    const store = await openStore(world, 256 * KiB);
    let filled = 0;
    const fill = () => store.commit([{ key: key(`k${filled}`), value: Buffer.alloc(4 * KiB) }]);
    while (filled < 100) {
      try {
        await fill();
        filled++;
      } catch {
        break;
      }
    }
    assert.ok(filled >= 10 && filled < 100, `${filled} of 4 KiB fit in 256 KiB`);
    await rejection(fill(), "DISK_FULL");
    await store.commit(Array.from({ length: filled }, (_, index) => ({ key: key(`k${index}`), value: undefined })));
    await fill();
    assert.deepEqual([...store.range({})].length, 1);
  });
}
