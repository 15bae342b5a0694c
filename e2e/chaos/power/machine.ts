import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calm, Chance, DiskImage } from "@millrace/runtime/simulated";
import { notesIn } from "./journal.ts";
import { Replay } from "./replay.ts";
import { filesBelow, writeTree } from "./tree.ts";

/** How often an unsynced sector survives: the kernel may have written none of them, some, or all. */
const survivalsPpm = [0, 100_000, 500_000, 900_000, 1_000_000] as const;

/**
 * A machine that one broker runs on, and whose power can be cut: its files forget then what was not synced, as a disk would, and its next
 * boot has another name. The model of the disk is the one that simulated clusters run on.
 */
export class Machine implements Disposable {
  /** Of the broker's data. */
  readonly directory: string;
  /** What the broker must be started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of everything that was synced, and what was not, since the power came. */
  readonly image: DiskImage;
  readonly #folder: string = mkdtempSync(join(tmpdir(), "millrace-machine-"));
  readonly #chance: Chance;
  #replay: Replay;
  #replayedBytes = 0;

  /** @param library `journal.c`, compiled */
  constructor(library: string, seed: number) {
    this.#chance = new Chance(seed, "power");
    this.image = new DiskImage(this.#chance);
    this.directory = join(this.#folder, "data");
    mkdirSync(this.directory);
    this.#replay = new Replay(this.image, this.directory);
    this.environment = {
      LD_PRELOAD: library,
      POWER_ROOT: this.directory,
      POWER_JOURNAL: this.#journal,
      POWER_BOOT_ID: this.#bootId,
      UV_USE_IO_URING: "0", // whose calls nobody can note
    };
    writeFileSync(this.#journal, "");
    this.#boot();
  }

  /**
   * The power goes, of a machine whose broker has been killed, and comes again.
   *
   * @param sectorSurvivesPpm how often a sector that was not synced survives; otherwise that is drawn
   */
  cutPower(sectorSurvivesPpm: number = this.#chance.pick(survivalsPpm)): void {
    this.readJournal();
    this.image.crash("power cut", { ...calm.machine.disk, sectorSurvivesPpm });
    writeTree(this.image.root, this.directory);
    truncateSync(this.#journal);
    this.#replay = new Replay(this.image, this.directory);
    this.#replayedBytes = 0;
    this.#boot();
  }

  /** What of the broker's files no cut takes, with their paths; of files that are only appended to. */
  *syncedFiles(): Generator<{ readonly path: string; readonly bytes: Buffer }> {
    this.readJournal();
    for (const { path, file } of filesBelow(this.image.root)) yield { path, bytes: file.bytes.subarray(0, this.#replay.syncedBytes(file)) };
  }

  /** Brings the model up to now. */
  readJournal(): void {
    const journal = readFileSync(this.#journal).subarray(this.#replayedBytes);
    for (const note of notesIn(journal)) this.#replay.do(note);
    this.#replayedBytes += journal.length;
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #journal(): string {
    return join(this.#folder, "journal");
  }

  get #bootId(): string {
    return join(this.#folder, "boot_id");
  }

  #boot(): void {
    writeFileSync(this.#bootId, `${this.#chance.uuid()}\n`);
  }
}
