import { runCommand } from "../../e2e/support/command.ts";
import { filesUnder } from "./topics.ts";

/** Writes a directory's files to the disk and drops them from the page cache, so that the next read is a cold one. Needs GNU's dd. */
export async function dropFromPageCache(directory: string): Promise<void> {
  for (const path of filesUnder(directory)) {
    // Copies nothing: the flags alone sync the file and let its pages go.
    const args = [`of=${path}`, "oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none"];
    const { code, stderr } = await runCommand("dd", args);
    if (code !== 0) throw new Error(`${path} cannot be dropped from the page cache: ${stderr}`);
  }
}
