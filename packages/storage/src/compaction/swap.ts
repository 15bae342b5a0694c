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
  const { around, directory, segments } = state;
  const { disk, remover } = around;
  const base = cleaned.baseOffset;
  const to = segments.endOf(segments.all.indexOf(sources.at(-1)!));
  const rename = async (kind: (typeof segmentFileKinds)[number], name: string): Promise<void> => {
    const file = cleaned.file(kind);
    const from = file.path;
    file.movedTo(`${directory}/${name}`);
    await disk.rename(from, file.path);
  };
  await holdOpen(cleaned);
  for (const kind of indexKinds) await rename(kind, `${segmentFileName(base, kind)}.swap`);
  await disk.syncDirectory(directory);
  await rename("log", swapFileName(base, to));
  await disk.syncDirectory(directory);
  segments.replace(sources, cleaned);
  await remover.retire(sources, state.settings()["file.delete.delay.ms"]);
  await disk.syncDirectory(directory);
  for (const kind of segmentFileKinds) await rename(kind, segmentFileName(base, kind));
  await disk.syncDirectory(directory);
  for (const kind of segmentFileKinds) cleaned.file(kind).letGo();
}

/** Readers may come while the files change their names: they must find them open. */
async function holdOpen(segment: Segment): Promise<void> {
  for (const kind of segmentFileKinds) {
    await segment.file(kind).use(async () => segment.file(kind).hold());
  }
}
