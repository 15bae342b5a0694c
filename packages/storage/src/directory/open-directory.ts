import type { DirectoryClaim, Disk, Kv } from "@millrace/runtime";
import { GiB, MiB, MillraceError, type TopicPartition } from "@millrace/vocabulary";
import type { LogDirectory, LogDirectoryOptions } from "../directory-contract.ts";
import { parseLogDirectoryName, removedLogSuffix } from "../names.ts";
import { checkOwner, readIdentity } from "./identity.ts";
import { FailedSyncNote, writeStoreAgain } from "./failed-sync.ts";
import { FailureNote } from "./failure-note.ts";
import { Life, pageCacheIdOf } from "./life.ts";
import { StoredLogDirectory } from "./log-directory.ts";
import { Reserve } from "./reserve.ts";
import { Room } from "./room.ts";
import { RoomyKv } from "./roomy-kv.ts";

/** What metadata needs to be written while the disk is full, and its store to grow by. */
const reserveBytesUsual: number = 64 * MiB;
/** Bounds of the stores; they take what they hold, not what they may. */
const raftBytesMax: number = 16 * GiB;
const stateBytesMax: number = 4 * GiB;

/**
 * Opens the directory of one broker, which must have been formatted, and holds it until closed. The logs in it are opened one by
 * one, by whoever knows their settings.
 *
 * Rejects with DATA_IN_USE while another process holds it, DATA_UNFORMATTED where it is not formatted, CONFIGURATION_INVALID where
 * it belongs to another node, INCONSISTENT_CLUSTER_ID where to another cluster.
 */
export async function openLogDirectory(options: LogDirectoryOptions): Promise<LogDirectory> {
  const { runtime, path } = options;
  await runtime.disk.makeDirectory(path);
  const claim = await runtime.disk.claim(path);
  try {
    return await openClaimed(options, claim);
  } catch (error) {
    await claim.release();
    throw error;
  }
}

async function openClaimed(options: LogDirectoryOptions, claim: DirectoryClaim): Promise<LogDirectory> {
  const { runtime, path, configuration, clusterId } = options;
  const identity = await readIdentity(runtime.disk, path);
  if (identity === undefined) throw new MillraceError("DATA_UNFORMATTED", { path, missing: "meta.properties" });
  checkOwner(path, identity, configuration, clusterId);
  const { found, removed } = await listLogs(runtime.disk, `${path}/logs`);
  const origin = { bootId: runtime.host.bootId, directoryId: identity.directoryId };
  const failedSync = new FailedSyncNote(runtime.disk, path, pageCacheIdOf(origin));
  const mustWriteAgain = await failedSync.isThere();
  if (mustWriteAgain) await writeStoresAgain(options);
  const stores = await openStores(options);
  try {
    // The directories of the logs and of the stores may have just been made.
    await runtime.disk.syncDirectory(path);
    const room = roomOf(options);
    const failure = new FailureNote(failedSync, runtime.clock, { mustWriteAgain });
    const failed = () => failure.note();
    const [raft, state] = [new RoomyKv(stores.raft, room, failed), new RoomyKv(stores.state, room, failed)];
    const life = new Life(state, { ...origin, hasLogs: found.length > 0 });
    await life.begin();
    const directory = new StoredLogDirectory(options, { claim, identity, raft, state, room, life, failure, found });
    runtime.logger.info("log directory opened", { path, lastStop: life.lastStop, logs: found.length });
    // Neither holds up the start: the reserve is taken, and removed logs go, beside it.
    directory.tidy(removed);
    return directory;
  } catch (error) {
    await closeAll(stores.raft, stores.state);
    throw error;
  }
}

function roomOf({ runtime, path, reserveBytes = reserveBytesUsual }: LogDirectoryOptions): Room {
  const { disk, clock, logger } = runtime;
  return new Room({ disk, clock, logger, directory: path, reserve: new Reserve(disk, `${path}/reserve`, reserveBytes) });
}

/** Where the metadata log of a directory lies, for whoever writes its beginning when the directory is formatted. */
export function raftStorePath(path: string): string {
  return `${path}/raft`;
}

async function writeStoresAgain({ runtime, path }: LogDirectoryOptions): Promise<void> {
  runtime.logger.warn("a sync failed in the life before: what it may not have reached is written again", { path });
  for (const store of [raftStorePath(path), stateStorePath(path)]) await writeStoreAgain(runtime.disk, store);
}

function stateStorePath(path: string): string {
  return `${path}/state`;
}

async function openStores({ runtime, path }: LogDirectoryOptions): Promise<{ raft: Kv; state: Kv }> {
  const raft = await runtime.kv.open(raftStorePath(path), { bytesMax: raftBytesMax });
  try {
    return { raft, state: await runtime.kv.open(stateStorePath(path), { bytesMax: stateBytesMax }) };
  } catch (error) {
    await closeAll(raft);
    throw error;
  }
}

/** Closes what was opened before an error, which is the one to be told. */
async function closeAll(...stores: Kv[]): Promise<void> {
  for (const store of stores) await store.close().catch(() => undefined);
}

/** The logs that lie here, and the names of those that were being removed. */
async function listLogs(disk: Disk, root: string): Promise<{ found: TopicPartition[]; removed: string[] }> {
  await disk.makeDirectory(root);
  const names = await disk.list(root);
  const found = names.flatMap((name) => parseLogDirectoryName(name) ?? []);
  return { found, removed: names.filter((name) => name.endsWith(removedLogSuffix)) };
}
