import type { Disk, Runtime } from "@millrace/runtime";
import { type Configuration, isUuid, MillraceError, readProperties, type Uuid } from "@millrace/vocabulary";
import type { DirectoryIdentity } from "../directory-contract.ts";

/** Kafka's name, and its form: a properties file. */
const fileName = "meta.properties";
const version = "1";

/**
 * Makes a directory usable for one node of one cluster. Harmless where it has been done with the same identity; CONFIGURATION_INVALID
 * where the directory belongs to another, or holds data without saying whose.
 */
export async function formatLogDirectory({ disk }: Pick<Runtime, "disk">, path: string, identity: DirectoryIdentity): Promise<void> {
  await disk.makeDirectory(path);
  await syncAbove(disk, path);
  const known = await readIdentity(disk, path);
  if (known !== undefined) return checkIdentity(path, known, identity);
  const data = (await disk.list(path)).filter((name) => ["logs", "state"].includes(name));
  if (data.length > 0) throw new MillraceError("CONFIGURATION_INVALID", { path, holds: data, missing: fileName });
  const { clusterId, nodeId, directoryId } = identity;
  const text = `version=${version}\ncluster.id=${clusterId}\nnode.id=${nodeId}\ndirectory.id=${directoryId}\n`;
  await writeWhole(disk, path, fileName, Buffer.from(text));
}

/** Makes the directories that lead to a path survive a power cut: any of them may have just been made. */
async function syncAbove(disk: Disk, path: string): Promise<void> {
  for (let end = path.lastIndexOf("/"); end >= 0; end = path.lastIndexOf("/", end - 1)) {
    await disk.syncDirectory(path.slice(0, end) || "/");
    if (end === 0) return;
  }
  await disk.syncDirectory(".");
}

/** What `formatLogDirectory` wrote; undefined where it has not. CONFIGURATION_INVALID where the file says something else. */
export async function readIdentity(disk: Disk, path: string): Promise<DirectoryIdentity | undefined> {
  const file = `${path}/${fileName}`;
  if ((await disk.stat(file)) === undefined) return undefined;
  const values = new Map(readProperties(await readWhole(disk, file), file).map(({ key, value }) => [key, value]));
  const [clusterId = "", directoryId = ""] = [values.get("cluster.id"), values.get("directory.id")];
  const nodeId = Number(values.get("node.id") ?? values.get("broker.id"));
  const isRight = values.get("version") === version && isUuid(clusterId) && isUuid(directoryId) && Number.isInteger(nodeId);
  if (!isRight) throw new MillraceError("CONFIGURATION_INVALID", { file, found: Object.fromEntries(values), expectedVersion: version });
  return { clusterId, nodeId, directoryId };
}

/** Refuses a directory that belongs to another node or cluster. */
export function checkOwner(path: string, known: DirectoryIdentity, configuration: Configuration, clusterId: Uuid | undefined): void {
  const nodeId = configuration.get("node.id");
  if (known.nodeId !== nodeId)
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: [`node.id: ${nodeId} was given, but the directory ${path} belongs to node ${known.nodeId}`],
    });
  if (clusterId !== undefined && known.clusterId !== clusterId)
    throw new MillraceError("INCONSISTENT_CLUSTER_ID", { path, directoryClusterId: known.clusterId, clusterId });
}

function checkIdentity(path: string, known: DirectoryIdentity, wanted: DirectoryIdentity): void {
  const isSame = known.clusterId === wanted.clusterId && known.nodeId === wanted.nodeId && known.directoryId === wanted.directoryId;
  if (!isSame) throw new MillraceError("CONFIGURATION_INVALID", { path, formattedFor: known, wanted });
}

async function readWhole(disk: Disk, path: string): Promise<string> {
  const file = await disk.open(path, "read");
  try {
    const bytes = Buffer.alloc(await file.size());
    return bytes.subarray(0, await file.read(bytes, 0)).toString("utf8");
  } finally {
    await file.close();
  }
}

/** Writes a file so that a crash leaves it whole or not at all. */
async function writeWhole(disk: Disk, directory: string, name: string, bytes: Buffer): Promise<void> {
  const draft = `${directory}/${name}.tmp`;
  await disk.remove(draft);
  const file = await disk.open(draft, "create");
  try {
    await file.write([bytes], 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await disk.rename(draft, `${directory}/${name}`);
  await disk.syncDirectory(directory);
}
