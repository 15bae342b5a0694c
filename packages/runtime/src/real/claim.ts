import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { link, mkdir, readdir, stat, unlink } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { MillraceError } from "@millrace/vocabulary";
import type { DirectoryClaim } from "../ports/disk.ts";
import { errnoOf } from "./errno.ts";

/*
 * A claim is a listening socket in the directory: it answers as long as its process lives, and `kill -9` leaves a file that
 * answers no more. Two that find such a file at the same moment must not both take its place, so claims are numbered, and
 * a number is never given twice:
 *
 *     1. listen on a socket of a name of its own;
 *     2. find the newest number; if its socket answers, the directory is in use;
 *     3. link the own socket to the next number: of several that try, one succeeds, the others begin again at 2;
 *     4. look again: where a still newer number has appeared, the one before it was stale already: begin again at 2.
 *
 * The newest file stays when its claim is released, so that its number is not given again; the one before it stays until
 * the next claim, so that whoever reads the directory meanwhile finds one of the two.
 */

const prefix = "in-use.";

/** Whether a name in a directory belongs to a claim. */
export function isClaimName(name: string): boolean {
  return name.startsWith(prefix);
}

/** Others can come first this often in a row only when something restarts in a loop. */
const triesMax = 100;

/** What a file system answers that knows no sockets, or no second names for them. */
const refusals: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "EINVAL", "ENOSYS"]);

/** As Disk.claim. */
export async function claimDirectory(directory: string): Promise<DirectoryClaim> {
  const inside = await placeInside(directory);
  if (inside !== undefined) {
    try {
      return await claimAt(inside, directory);
    } catch (error) {
      if (!refusals.has(errnoOf(error))) throw error;
    }
  }
  return claimAt(await placeBeside(directory), directory);
}

async function claimAt(place: Place, directory: string): Promise<DirectoryClaim> {
  const ownName = `${prefix}new-${randomUUID()}`;
  const server = await listen(join(place.path, ownName)).catch(async (error: unknown) => {
    await place.leave();
    throw error;
  });
  const release = async () => {
    await new Promise<void>((resolve) => void server.close(() => resolve()));
    await place.leave();
  };
  try {
    await takeNumber(directory, place.path, ownName);
    return { release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Steps 2 to 4. The own name is gone afterwards: the number stands for it. */
async function takeNumber(directory: string, place: string, ownName: string): Promise<void> {
  for (let tries = 0; tries < triesMax; tries++) {
    const before = await numbersIn(place);
    const newest = before.at(-1) ?? 0;
    if (newest > 0 && (await answers(join(place, prefix + newest)))) throw new MillraceError("DATA_IN_USE", { directory });
    if (!(await linked(join(place, ownName), join(place, prefix + (newest + 1))))) continue;
    const isNewest = (await numbersIn(place)).at(-1) === newest + 1;
    if (!isNewest) {
      await unlink(join(place, prefix + (newest + 1)));
      continue;
    }
    await unlink(join(place, ownName));
    for (const number of before) if (number < newest) await unlink(join(place, prefix + number)).catch(() => {});
    return;
  }
  throw new MillraceError("DATA_IN_USE", { directory, triesMax });
}

/** Numbers of claims, ascending. */
async function numbersIn(place: string): Promise<number[]> {
  const numbers: number[] = [];
  for (const name of await readdir(place)) {
    const [, digits] = /^in-use\.(\d{1,15})$/.exec(name) ?? [];
    if (digits !== undefined) numbers.push(Number(digits));
  }
  return numbers.sort((a, b) => a - b);
}

async function linked(existing: string, wanted: string): Promise<boolean> {
  try {
    await link(existing, wanted);
    return true;
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Whether a process listens on the socket. Anything but a plain «no» counts as a yes, since a wrong «no» loses data. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(path);
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", (error) => resolve(!["ECONNREFUSED", "ENOENT"].includes(errnoOf(error))));
  });
}

function listen(path: string): Promise<net.Server> {
  const server = net.createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => resolve(server.unref()));
  });
}

/** A bare descriptor: a FileHandle would be closed once a claim that nobody looks at any more is collected. */
const openDescriptor: (path: string, flags: string) => Promise<number> = promisify(fs.open);
const closeDescriptor: (descriptor: number) => Promise<void> = promisify(fs.close);

/** Where the sockets lie, by a path that is short enough: the address of a unix socket holds 108 bytes, on macOS 104. */
interface Place {
  readonly path: string;
  /** Called once no socket is bound by the path any more. */
  leave(): Promise<void>;
}

/** Room in an address that is left for a directory: 104 bytes less a separator, our longest name (47) and a zero. */
const directoryBytesMax = 55;

/** The directory itself: on Linux by its descriptor, which is short however long its path. Undefined where its path is too long. */
async function placeInside(directory: string): Promise<Place | undefined> {
  const descriptor = await openDescriptor(directory, "r");
  const short = `/proc/self/fd/${descriptor}`;
  if (fs.existsSync(short)) return { path: short, leave: () => closeDescriptor(descriptor) };
  await closeDescriptor(descriptor);
  return Buffer.byteLength(directory) <= directoryBytesMax ? { path: directory, leave: async () => {} } : undefined;
}

/** A directory that stands for the other one, among the machine's temporary ones. */
async function placeBeside(directory: string): Promise<Place> {
  const { dev, ino } = await stat(directory);
  const path = join(tmpdir(), `millrace-${dev}-${ino}`);
  await mkdir(path, { recursive: true });
  return { path, leave: async () => {} };
}
