import { KiB, Offset } from "@millrace/vocabulary";
import { recordOf } from "../keeper.ts";
import type { QuorumClient } from "../quorum-client.ts";

/** Gives one to three keys a value that nobody has written before, all at once. */
export async function propose(client: QuorumClient): Promise<void> {
  const { chance, stage } = client;
  const keys = [...stage.registers.keys()].slice(chance.below(stage.registers.size)).slice(0, 1 + chance.below(3));
  const writes = keys.map((key) => ({ key, value: stage.nextValue() }));
  const acknowledge = writes.map(({ key, value }) => stage.registers.get(key)!.write(value));
  const paddingBytes = chance.pick([0, 0, 0, 0, 100, 64 * KiB]);
  const records = writes.map(({ key, value }) => recordOf(key, value, paddingBytes));
  const offset = await client.ask("propose", client.drawNode(), ({ quorum }) => quorum.propose(records));
  if (offset === undefined) return;
  const texts = writes.map(({ key, value }) => `${key}=${value}`);
  stage.commits.acknowledged(offset, texts);
  for (const acknowledged of acknowledge) acknowledged();
}

/** Reads a key where its state holds all that was committed when it was asked for. */
export async function read(client: QuorumClient): Promise<void> {
  const { chance, stage } = client;
  const key = chance.pick([...stage.registers.keys()]);
  const answered = stage.registers.get(key)!.read();
  const found = await client.ask("read", client.drawNode(), async ({ quorum, keeper }) => {
    await quorum.read();
    return { value: keeper.value(key) };
  });
  if (found !== undefined) answered(found.value);
}

/** Lets any node fold what it knows into a snapshot. */
export async function snapshot(client: QuorumClient): Promise<void> {
  const node = client.chance.pick(client.stage.cluster.nodes);
  await client.ask("snapshot", node, async ({ quorum, keeper }) => {
    if (keeper.end > 1) await quorum.snapshot(Offset(keeper.end - 1), keeper.chunks());
  });
}
