import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { GiB, MiB } from "@millrace/vocabulary";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** 10,000 partitions with a handful of files each. */
const openFilesMin = 65_536;
/** Below this, a broker that gets records at full speed is full within minutes. */
const freeBytesLow: number = 10 * GiB;
/** Below this, it may be full before anybody has read the warning. */
const freeBytesMin: number = 512 * MiB;

/** How many files a broker that is started here may hold open. Node raises its limit as far as it may. */
export function checkOpenFiles(): Finding {
  const check = "open files";
  const limit = openFilesLimit();
  if (limit === undefined) return ok(check, "not limited");
  if (limit >= openFilesMin) return ok(check, `up to ${limit}`);
  return warning(check, `up to ${limit}`, `allow ${openFilesMin}: ulimit -Hn, or LimitNOFILE of the service`);
}

function openFilesLimit(): number | undefined {
  if (process.report === undefined) return undefined;
  (process.report as { excludeNetwork?: boolean }).excludeNetwork = true; // it would look up names
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft: number | "unlimited" } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === "number" ? soft : undefined;
}

/** How much room there is where a broker keeps, or would keep, its records. */
export async function checkDisk(directory: string): Promise<Finding> {
  const check = `disk of ${directory}`;
  try {
    const { bavail, bsize } = await statfs(await existing(resolve(directory)));
    const freeBytes = bavail * bsize;
    const seen = `${(freeBytes / GiB).toFixed(1)} GiB free`;
    const repair = "make room, add a larger disk, or lower retention.bytes and retention.ms of topics";
    if (freeBytes < freeBytesMin) return failed(check, seen, repair);
    return freeBytes < freeBytesLow ? warning(check, seen, repair) : ok(check, seen);
  } catch (error) {
    return failed(check, (error as Error).message, "say with --data where records are, or will be, kept");
  }
}

/** The directory, or the nearest one above it that exists. */
async function existing(directory: string): Promise<string> {
  try {
    await statfs(directory);
    return directory;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(directory) === directory) throw error;
    return existing(dirname(directory));
  }
}
