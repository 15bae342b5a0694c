import { bootstrapSnapshot } from "@millrace/metadata";
import { formatQuorum } from "@millrace/raft";
import type { Runtime } from "@millrace/runtime";
import { type DirectoryIdentity, formatLogDirectory, raftStorePath, readIdentity } from "@millrace/storage";
import { BrokerId, type Configuration, isUuid, MillraceError, MiB, type Uuid } from "@millrace/vocabulary";
import { controllerListener, namedControllers } from "./named-controllers.ts";
import { rolesOf } from "./roles.ts";

/** The most that the metadata log may take before a snapshot frees it. */
export const raftStoreBytesMax: number = 1024 * MiB;

export interface FormatOptions {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  /** The same for every node of a cluster; undefined: a new one. */
  readonly clusterId: string | undefined;
  /** Leaves a directory alone that is formatted already, instead of refusing. */
  readonly onlyIfEmpty: boolean;
}

/**
 * Prepares a log directory: its identity and, for a controller, a metadata log. Of that this node is the only voter, unless
 * `controller.quorum.voters` names others: then nobody is yet, and those that it names form a quorum when all have met and all are empty.
 * Rejects with DATA_FORMATTED where that was done before, and with CONFIGURATION_INVALID for a cluster id in another form.
 */
export async function formatBroker({ runtime, configuration, clusterId, onlyIfEmpty }: FormatOptions): Promise<DirectoryIdentity> {
  const path = logDirectory(configuration);
  if (clusterId !== undefined && !isUuid(clusterId)) {
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: [`--cluster-id: must be 22 characters of URL-safe base64, not ${JSON.stringify(clusterId)}`],
    });
  }
  const known = await readIdentity(runtime.disk, path);
  if (known !== undefined && onlyIfEmpty) return known;
  if (known !== undefined) throw new MillraceError("DATA_FORMATTED", { path, ...known });
  const random = runtime.random.stream("format");
  const identity = {
    clusterId: (clusterId as Uuid | undefined) ?? random.uuid(),
    nodeId: configuration.get("node.id"),
    directoryId: random.uuid(),
  };
  if (rolesOf(configuration).isController) await formatMetadata(runtime, configuration, path, identity);
  // Last, since it is what says that the directory is formatted.
  await formatLogDirectory(runtime, path, identity);
  return identity;
}

/** A metadata log without an identity beside it is what an interrupted format left: it begins anew. */
async function formatMetadata(
  runtime: Runtime,
  configuration: Configuration,
  path: string,
  { clusterId, nodeId, directoryId }: DirectoryIdentity,
): Promise<void> {
  await runtime.disk.makeDirectory(path);
  await runtime.disk.remove(raftStorePath(path));
  await runtime.disk.makeDirectory(raftStorePath(path));
  const kv = await runtime.kv.open(raftStorePath(path), { bytesMax: raftStoreBytesMax });
  const self = { nodeId: BrokerId(nodeId), directoryId };
  const { own, hasOthers } = namedControllers(configuration);
  const listeners = own === undefined ? [] : [{ name: controllerListener, ...own.address }];
  const voters = hasOthers ? [] : [{ ...self, listeners }];
  await formatQuorum(kv, { clusterId, self, voters, bootstrap: bootstrapSnapshot(new Map()) });
  await kv.close();
}

/** The one directory of log.dirs. */
export function logDirectory(configuration: Configuration): string {
  const [path, ...others] = configuration.get("log.dirs");
  if (path === undefined || others.length > 0) {
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: [`log.dirs: must name exactly one directory, not ${JSON.stringify(configuration.get("log.dirs"))}`],
    });
  }
  return path;
}
