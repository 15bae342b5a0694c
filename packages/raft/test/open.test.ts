import { Entry, Format, HardState } from "@millrace/contracts/raft";
import { BrokerId, type ErrorCode, Offset, type Uuid } from "@millrace/vocabulary";
import { expect, test } from "vitest";
import { formatQuorum, openQuorum } from "../src/index.ts";
import { chunkKey, entryKey, formatKey, hardStateKey, snapshotKey } from "../src/keys.ts";
import { MemoryKv } from "../src/testing/index.ts";
import { clock, clusterId, self, silent, voters } from "./support/quorum-story.ts";
import { formatted, leading } from "./support/voter.ts";

const other = "b3RoZXItb3RoZXItb3RoZQ" as Uuid;

function open(kv: MemoryKv, changes: Partial<Parameters<typeof openQuorum>[0]> = {}) {
  return openQuorum({ kv, clock, logger: silent, clusterId, self, voters: [], onFailure() {}, ...changes });
}

/** A store that holds two proposals, of offsets 2 and 3 to 4. */
async function used(): Promise<MemoryKv> {
  const kv = await formatted();
  const { quorum } = await leading(kv);
  await quorum.propose([Buffer.from("a")]);
  await quorum.propose([Buffer.from("b"), Buffer.from("c")]);
  await quorum.close();
  return kv;
}

async function changed(key: Buffer, value: Uint8Array | undefined): Promise<MemoryKv> {
  const kv = await used();
  await kv.commit([{ key, value }]);
  return kv;
}

const rejects = (code: ErrorCode) => expect.objectContaining({ code });

test("a store of another cluster, voter or directory is refused", async () => {
  const kv = await used();
  await expect(open(kv, { clusterId: other })).rejects.toEqual(rejects("INCONSISTENT_CLUSTER_ID"));
  await expect(open(kv, { self: { ...self, directoryId: other } })).rejects.toEqual(rejects("INVALID_VOTER_KEY"));
  await expect(open(kv, { self: { ...self, nodeId: BrokerId(2) } })).rejects.toEqual(rejects("INVALID_VOTER_KEY"));
});

const named = (id: number) => ({ nodeId: BrokerId(id), listeners: [] });

test("more voters than this one are refused where there is no network to reach them", async () => {
  await expect(open(await used(), { voters: [named(1), named(2)] })).rejects.toEqual(rejects("CONFIGURATION_INVALID"));
  await (await open(await used(), { voters: [named(1)] })).close();
  const two = [...voters, { nodeId: BrokerId(2), directoryId: other, listeners: [] }];
  const kv = new MemoryKv();
  await formatQuorum(kv, { clusterId, self, bootstrap: [], voters: two });
  await expect(open(kv)).rejects.toEqual(rejects("CONFIGURATION_INVALID"));
});

test("a voter that is not among those that form the quorum is not formatted", async () => {
  const two = [{ nodeId: BrokerId(2), directoryId: other, listeners: [] }];
  await expect(formatQuorum(new MemoryKv(), { clusterId, self, bootstrap: [], voters: two })).rejects.toEqual(
    rejects("CONFIGURATION_INVALID"),
  );
});

test("a store that holds anything is not formatted", async () => {
  const kv = new MemoryKv([[Buffer.from("x"), Buffer.from("y")]]);
  await expect(formatted(kv)).rejects.toEqual(rejects("DATA_FORMATTED"));
});

test("a store, an entry or a state of a later version is refused", async () => {
  const voter = { nodeId: 1, directoryId: Buffer.alloc(16) };
  const newer = Format.encode({ version: 2, clusterId: Buffer.alloc(16), voter }).finish();
  await expect(open(await changed(formatKey, newer))).rejects.toEqual(rejects("LEVEL_UNKNOWN"));

  const unknownField = Buffer.from([0xf8, 0x07, 0x01]);
  const state = Buffer.concat([HardState.encode({ term: 1 }).finish(), unknownField]);
  await expect(open(await changed(hardStateKey, state))).rejects.toEqual(rejects("LEVEL_UNKNOWN"));

  const entry = Buffer.concat([Entry.encode({ term: 1, records: { records: [Buffer.from("b")] } }).finish(), unknownField]);
  await expect(leading(await changed(entryKey(Offset(3)), entry))).rejects.toEqual(rejects("LEVEL_UNKNOWN"));
});

test("a store that misses a part, or holds a wrong one, is damaged", async () => {
  const damaged = rejects("DATA_DAMAGED");
  await expect(open(await changed(hardStateKey, undefined))).rejects.toEqual(damaged);
  await expect(open(await changed(snapshotKey, undefined))).rejects.toEqual(damaged);
  await expect(open(await changed(hardStateKey, HardState.encode({ term: 0 }).finish()))).rejects.toEqual(damaged);
  await expect(open(await changed(entryKey(Offset(3)), Buffer.from([0xff])))).rejects.toEqual(damaged);
});

test("a snapshot that misses a chunk, or holds another one, is damaged", async () => {
  const damaged = rejects("DATA_DAMAGED");
  await expect(leading(await changed(chunkKey(Offset(0), 0), undefined))).rejects.toEqual(damaged);
  await expect(leading(await changed(chunkKey(Offset(0), 0), Buffer.from("[ ]")))).rejects.toEqual(damaged);
});

test("a gap in the log stops the quorum, when it comes to it", async () => {
  const kv = await changed(entryKey(Offset(2)), undefined);
  const failures: unknown[] = [];
  await expect(leading(kv, (error) => failures.push(error))).rejects.toEqual(rejects("NOT_CONTROLLER"));
  expect(failures).toEqual([rejects("DATA_DAMAGED")]);
});
