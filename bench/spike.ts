/**
 * The least that a broker in Node must do for a producer: parse the frame, check the checksum, give offsets, write. One `writev` is
 * under way for each partition while what comes meanwhile gathers for the next; what a turn of the loop brings goes out together.
 * No indexes, no recovery, no metadata: the yardstick for the log of the real one.
 *
 *     node bench/spike.ts PORT DIRECTORY
 */
import fs from "node:fs";
import { join } from "node:path";
import { BatchView } from "@millrace/records";
import { Offset } from "@millrace/vocabulary";
import { serveBareBroker } from "./bare/bare-broker.ts";

interface Waiting {
  readonly batch: Buffer;
  readonly baseOffset: number;
  readonly appended: (baseOffset: number) => void;
}

/** One partition's file. */
class SpikeLog {
  readonly #path: string;
  readonly #file: number;
  #gathered: Waiting[] = [];
  #isWriting = false;
  #position = 0;
  #nextOffset = 0;

  constructor(path: string) {
    this.#path = path;
    this.#file = fs.openSync(path, "wx");
  }

  append(batch: Buffer, appended: (baseOffset: number) => void): void {
    const view = new BatchView(batch);
    if (view.computeCrc() !== view.crc) throw new Error("a batch whose checksum does not hold");
    const baseOffset = this.#nextOffset;
    view.baseOffset = Offset(baseOffset);
    this.#nextOffset += view.recordCount;
    this.#gathered.push({ batch, baseOffset, appended });
    if (this.#gathered.length === 1 && !this.#isWriting) setImmediate(() => this.#write());
  }

  remove(): void {
    fs.closeSync(this.#file);
    fs.rmSync(this.#path);
  }

  #write(): void {
    if (this.#isWriting || this.#gathered.length === 0) return;
    this.#isWriting = true;
    const going = this.#gathered;
    this.#gathered = [];
    const buffers = going.map(({ batch }) => batch);
    fs.writev(this.#file, buffers, this.#position, (error, bytes) => {
      if (error !== null) throw error;
      this.#isWriting = false;
      this.#position += bytes;
      for (const { baseOffset, appended } of going) appended(baseOffset);
      this.#write();
    });
  }
}

const [port = "0", directory = "."] = process.argv.slice(2);
const logs = new Map<string, SpikeLog>();
serveBareBroker(Number(port), {
  append(partition, batch, appended) {
    let log = logs.get(partition);
    if (log === undefined) logs.set(partition, (log = new SpikeLog(join(directory, `${partition}.log`))));
    log.append(batch, appended);
  },
  remove(topic) {
    for (const [partition, log] of logs) {
      if (!partition.startsWith(`${topic}-`)) continue;
      log.remove();
      logs.delete(partition);
    }
  },
});
