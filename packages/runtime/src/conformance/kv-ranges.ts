import { strict as assert } from "node:assert";
import type { KvRange } from "../ports/kv.ts";
import { Chance } from "../simulated/chance.ts";
import type { Claim, InWorld } from "./claims.ts";
import { key, type KvWorld, openStore, words } from "./kv-world.ts";

/** Ranges of keys. */
export function rangeClaims(claim: Claim, inWorld: InWorld<KvWorld>): void {
  const claimIn = (sentence: string, prove: (world: KvWorld) => Promise<void>) => claim(sentence, () => inWorld(prove));

  claimIn("a range holds what lies in [from, to), in the order of bytes, either way, up to its limit", async (world) => {
    const store = await openStore(world);
    for (const name of ["b", "\xff", "a", "\x00", "aa", "b\x00"]) await store.commit([{ key: key(name), value: key("1") }]);
    const keys = (range: KvRange) => [...store.range(range)].map((entry) => entry.key.toString("latin1"));
    assert.deepEqual(keys({}), ["\x00", "a", "aa", "b", "b\x00", "\xff"]);
    assert.deepEqual(keys({ from: key("a"), to: key("b") }), ["a", "aa"]);
    assert.deepEqual(keys({ from: key("a"), to: key("b"), reverse: true }), ["aa", "a"]);
    assert.deepEqual(keys({ reverse: true }), ["\xff", "b\x00", "b", "aa", "a", "\x00"]);
    assert.deepEqual(keys({ from: key("aa"), reverse: true, limit: 2 }), ["\xff", "b\x00"]);
    assert.deepEqual(keys({ to: key("b"), limit: 1 }), ["\x00"]);
    assert.deepEqual(keys({ from: key("b"), to: key("a") }), []);
    assert.deepEqual(keys({ limit: 0 }), []);
  });

  claimIn("ranges and commits agree with a sorted map, whatever the keys", async (world) => {
    const store = await openStore(world);
    const model = new Map<string, string>();
    const chance = new Chance(4711, "keys");
    const drawKey = () => chance.bytes(1 + chance.below(3)).map((byte) => byte & 0x83);
    for (let round = 0; round < 60; round++) {
      const changes = Array.from({ length: chance.below(8) }, () => ({
        key: Buffer.from(drawKey()),
        value: chance.below(4) === 0 ? undefined : chance.bytes(chance.below(20)),
      }));
      await store.commit(changes);
      for (const change of changes) {
        if (change.value === undefined) model.delete(change.key.toString("latin1"));
        else model.set(change.key.toString("latin1"), change.value.toString("latin1"));
      }
      const bounds = {
        from: Buffer.from(drawKey()),
        to: Buffer.from(drawKey()),
        reverse: chance.below(2) === 0,
        limit: 1 + chance.below(9),
      };
      assert.deepEqual(words(store.range(bounds)), expected(model, bounds));
    }
    assert.deepEqual(words(store.range({})), expected(model, {}));
  });

  claimIn("a range sees the moment in which it began, whatever is committed while it goes on", async (world) => {
    const store = await openStore(world);
    const names = Array.from({ length: 50 }, (_, index) => `k${String(index).padStart(2, "0")}`);
    await store.commit(names.map((name) => ({ key: key(name), value: key("old") })));
    const seen: string[] = [];
    for (const entry of store.range({})) {
      seen.push(`${entry.key.toString()}=${entry.value.toString()}`);
      if (seen.length % 10 !== 5) continue;
      await store.commit([
        ...names.map((name) => ({ key: key(name), value: seen.length > 20 ? undefined : key("new") })),
        { key: key("k99"), value: key("new") },
      ]);
    }
    assert.deepEqual(
      seen,
      names.map((name) => `${name}=old`),
    );
    assert.deepEqual(words(store.range({})), ["k99=new"]);
  });

  claimIn("a range that is left early holds nothing up", async (world) => {
    const store = await openStore(world);
    await store.commit(["a", "b", "c"].map((name) => ({ key: key(name), value: key("1") })));
    for (const entry of store.range({})) if (entry.key.toString() === "b") break;
    await store.commit([{ key: key("a"), value: undefined }]);
    assert.deepEqual(words(store.range({})), ["b=1", "c=1"]);
    await store.close();
  });
}

function expected(model: ReadonlyMap<string, string>, { from, to, reverse = false, limit = Infinity }: KvRange): string[] {
  const inside = [...model].filter(
    ([name]) => (from === undefined || key(name).compare(from) >= 0) && (to === undefined || key(name).compare(to) < 0),
  );
  const sorted = inside.sort(([a], [b]) => key(a).compare(key(b)) * (reverse ? -1 : 1));
  return sorted.slice(0, limit).map(([name, value]) => `${name}=${value}`);
}
