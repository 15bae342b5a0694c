import type { LogState } from "../log/log-state.ts";
import { segmentFileKinds, segmentFileName, swapFileName } from "../names.ts";
import type { Segment } from "../segment/segment.ts";

const indexKinds = segmentFileKinds.filter((kind) => kind !== "log");

/**
 * Puts a compacted segment in the place of its sources. Called by whoever holds the structure of the log.
 *
 *     <base>.index.cleaned → .index.swap      and the other indexes; synced
 *     <base>.log.cleaned   → <base>-<to>.log.swap; synced: from here on it is decided
 *     sources              → .deleted; synced
 *     the four files       → their names
 *
 * After a crash `tidyDirectory` finishes or forgets it.
 */
export async function swapIn(state: LogState, sources: readonly Segment[], cleaned: Segment): Promise<void> {
  const { around, entries, segments } = state;
  const base = cleaned.baseOffset;
  const to = segments.endOf(segments.all.indexOf(sources.at(-1)!));
  await holdOpen(cleaned);
  for (const kind of indexKinds) await cleaned.file(kind).rename(`${segmentFileName(base, kind)}.swap`);
  await entries.sync();
  await cleaned.log.rename(swapFileName(base, to));
  await entries.sync();
  segments.replace(sources, cleaned);
  await around.remover.retire(sources, state.settings()["file.delete.delay.ms"]);
  await entries.sync();
  for (const kind of segmentFileKinds) await cleaned.file(kind).rename(segmentFileName(base, kind));
  await entries.sync();
  for (const kind of segmentFileKinds) cleaned.file(kind).letGo();
}

/** Readers may come while the files change their names: they must find them open. */
async function holdOpen(segment: Segment): Promise<void> {
  for (const kind of segmentFileKinds) {
    await segment.file(kind).use(async () => segment.file(kind).hold());
  }
}
