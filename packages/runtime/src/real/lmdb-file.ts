import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MillraceError } from "@millrace/vocabulary";
import { errnoOf } from "./errno.ts";

/*
 * lmdb 3.5.6 ends the process when it opens a file that is none of its own. So the two pages that name everything else are looked
 * at before: each begins with 24 bytes that every page has, then, little endian,
 *
 *     24 magic u32    28 version u32    40 map size u64    48 page size u32    136 root page u64    152 transaction u64
 */
const magic = 0xbeef_c0de;
const version = 2;
const at = { magic: 24, version: 28, pageSize: 48, rootPage: 136, transaction: 152 } as const;
const headerBytes = 160;
const pageSizeMax = 64 * 1024;
/** What lmdb writes when it makes a file: the two pages. A commit always adds more, and syncs it. */
const untouchedBytesMax = 2 * pageSizeMax;
/** The root of a tree without entries. */
const noRoot = 2n ** 64n - 1n;

/** Makes the store's directory, and sees to it that lmdb may open what is there. Rejects with DATA_DAMAGED where it must not. */
export async function prepareStore(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, "data.mdb");
  const file = await open(path).catch((error: unknown) => {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (file === undefined) return;
  try {
    if (await isUntouched(file)) await rm(path);
    else await checkHeaders(directory, file);
  } finally {
    await file.close();
  }
}

/** Makes the names of a store survive a power cut, which lmdb leaves to others. */
export async function syncStoreNames(directory: string): Promise<void> {
  for (const path of [directory, dirname(directory)]) {
    const handle = await open(path);
    await handle.sync().finally(() => handle.close());
  }
}

/** Whether a power cut came after lmdb made the file and before anything was committed: then zeros may be all there is. */
async function isUntouched(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size > untouchedBytesMax) return false;
  const content = Buffer.alloc(size);
  await file.read(content, 0, size, 0);
  return content.every((byte) => byte === 0);
}

async function checkHeaders(store: string, file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  const first = await headerAt(store, file, 0);
  const pageSize = first.readUInt32LE(at.pageSize);
  if (pageSize < 512 || pageSize > pageSizeMax || (pageSize & (pageSize - 1)) !== 0) throw damaged(store, { pageSize });
  const second = await headerAt(store, file, pageSize);
  const newest = second.readBigUInt64LE(at.transaction) > first.readBigUInt64LE(at.transaction) ? second : first;
  const rootPage = newest.readBigUInt64LE(at.rootPage);
  if (rootPage !== noRoot && (rootPage + 1n) * BigInt(pageSize) > BigInt(size)) throw damaged(store, { rootPage: Number(rootPage), size });
}

async function headerAt(store: string, file: FileHandle, position: number): Promise<Buffer> {
  const header = Buffer.alloc(headerBytes);
  const { bytesRead } = await file.read(header, 0, headerBytes, position);
  if (bytesRead < headerBytes) throw damaged(store, { headerAt: position, bytesRead });
  if (header.readUInt32LE(at.magic) !== magic) throw damaged(store, { headerAt: position, magic: header.readUInt32LE(at.magic) });
  const found = header.readUInt32LE(at.version) & 0xffff;
  if (found !== version) throw damaged(store, { headerAt: position, version: found });
  return header;
}

function damaged(store: string, facts: Record<string, number>): MillraceError {
  return new MillraceError("DATA_DAMAGED", { store, ...facts });
}
