import { Chance } from "@millrace/runtime/simulated";
import { Offset } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { type Life, nameOf, SimulatedQuorum } from "./support/simulated-quorum.ts";

/** More where time is no matter: MILLRACE_MODEL_RUNS=4000 makes 200 histories. */
const histories = Math.ceil(Number(process.env["MILLRACE_MODEL_RUNS"] ?? 240) / 20);
const seeds = Array.from({ length: histories }, (_, index) => 1000 + index);

/** What clients asked for, and what they were told. */
class History {
  readonly acknowledged = new Map<number, string>();
  reads = 0;
  #next = 0;

  /** Proposes one record with a name that nobody else has. */
  async propose({ quorum }: Life): Promise<void> {
    const text = `r${this.#next++}`;
    const offset = await quorum.propose([Buffer.from(text)]);
    expect(this.acknowledged.has(offset)).toBe(false);
    // Whatever was acknowledged before this was asked for lies before it.
    this.acknowledged.set(offset, text);
  }

  /** Whatever was acknowledged before a read was asked for lies below what it is told. */
  async read({ quorum, keeper }: Life): Promise<void> {
    const last = Math.max(0, ...this.acknowledged.keys());
    const end = await quorum.read();
    expect(end).toBeGreaterThan(last);
    expect(keeper.records.some(({ offset }) => offset >= last) || last === 0).toBe(true);
    this.reads++;
  }
}

test.each(seeds)("proposals and reads are linearizable, whatever befalls the nodes (seed %i)", async (seed) => {
  const chance = new Chance(seed, "history");
  const quorum = new SimulatedQuorum(seed, { machine: { kv: { commitUs: [200, 20_000] } }, network: { delayUs: [50, 10_000] } });
  const ids = [1, 2, 3, 4, 5].slice(0, chance.pick([3, 5]));
  await quorum.begin(...ids);
  const history = new History();
  for (let turn = 0; turn < 150; turn++) await befall(quorum, ids, chance, history);
  for (const a of ids) for (const b of ids) quorum.world.heal(nameOf(a), nameOf(b));
  for (const id of ids) if (!quorum.lives.has(id)) await quorum.restart(id);
  await quorum.until(() => quorum.leader !== undefined, 30_000);
  await quorum.world.run(quorum.world.nowMs + 5000);
  await quorum.propose(await quorum.elected(), "last");
  await quorum.level();
  const { records } = quorum.life(1).keeper;
  const byOffset = new Map(records.map(({ offset, text }) => [offset, text]));
  for (const [offset, text] of history.acknowledged) expect(byOffset.get(offset)).toBe(text);
  expect(new Set(byOffset.values()).size).toBe(records.length);
  expect([history.acknowledged.size > 10, history.reads > 3]).toEqual([true, true]);
});

async function befall(quorum: SimulatedQuorum, ids: readonly number[], chance: Chance, history: History): Promise<void> {
  const { world } = quorum;
  const ignore = () => {};
  const id = chance.pick(ids);
  const life = quorum.lives.get(id);
  switch (chance.below(12)) {
    case 0:
      if (life !== undefined && quorum.lives.size > ids.length / 2) quorum.crash(id, chance.pick(["killed", "power cut"] as const));
      break;
    case 1:
    case 2:
      if (life === undefined) await quorum.restart(id);
      break;
    case 3:
      world.cut(nameOf(id), nameOf(chance.pick(ids)));
      break;
    case 4:
    case 5:
      for (const other of ids) world.heal(nameOf(id), nameOf(other));
      for (const other of ids) world.heal(nameOf(other), nameOf(id));
      break;
    case 6: {
      const last = life?.keeper.records.at(-1);
      if (last !== undefined) void life!.quorum.snapshot(Offset(last.offset), life!.keeper.chunks()).catch(ignore);
      break;
    }
    case 7:
      world.breakConnections(nameOf(id), nameOf(chance.pick(ids)));
      break;
    default:
      for (const asked of quorum.lives.values()) {
        void history.propose(asked).catch(onlyRefused);
        void history.read(asked).catch(onlyRefused);
      }
  }
  await world.run(world.nowMs + chance.below(400));
}

function onlyRefused(error: unknown): void {
  if ((error as { code?: string }).code !== "NOT_CONTROLLER") throw error;
}
