import type { Kv } from "@millrace/runtime";
import type { Uuid } from "@millrace/vocabulary";
import type { LastStop } from "../directory-contract.ts";

/** What one life of the process leaves for the next. */
interface LifeRecord {
  /** The boot of the machine that the life began in. */
  readonly bootId: string;
  readonly directoryId: Uuid;
  readonly isStopped: boolean;
  readonly brokerEpoch: number | undefined;
  /** As `LogDirectory.lives`; an earlier version kept none. */
  readonly lives?: readonly Uuid[];
  /** The life began after a lossy stop, and the cluster had not been told of that. */
  readonly owesLoss?: boolean;
}

const key = Buffer.from("life");

/** Of a crash loop in which none hears of having registered: eight hours of it, at a start in five minutes. */
const livesMax = 100;

/** The life of the process in this directory, as the next one will know it. */
export class Life {
  readonly lastStop: LastStop;
  /** The broker epoch of the life before. */
  readonly previousBrokerEpoch: number | undefined;
  /** Names the page cache that writes of this life lie in: that of this boot, for this directory. */
  readonly pageCacheId: string;
  readonly #kv: Kv;
  #record: LifeRecord;

  constructor(kv: Kv, now: { bootId: string; directoryId: Uuid; hasLogs: boolean }) {
    const before = readRecord(kv);
    this.lastStop = lastStopOf(before, now);
    this.previousBrokerEpoch = before?.brokerEpoch;
    this.pageCacheId = pageCacheIdOf(now);
    this.#kv = kv;
    const owesLoss = this.lastStop === "lossy" || before?.owesLoss === true;
    const { bootId, directoryId } = now;
    this.#record = { bootId, directoryId, isStopped: false, brokerEpoch: before?.brokerEpoch, lives: before?.lives ?? [], owesLoss };
  }

  /** As `LogDirectory.lives`. */
  get lives(): readonly Uuid[] {
    return this.#record.lives ?? [];
  }

  /** Whether a stop was lossy, or a loss was found, and the cluster has registered no life since. */
  get owesLoss(): boolean {
    return this.#record.owesLoss === true;
  }

  /** Notes that the directory is in use; must be durable before anything is written. */
  begin(): Promise<void> {
    return this.#write();
  }

  /** The cluster may know of this life from now on, also where its answer never comes. */
  async beginRegistration(incarnation: Uuid): Promise<void> {
    // What other directories of the broker had acknowledged is not here, so nothing is to go on with before the cluster has said so once.
    if (this.#record.brokerEpoch === undefined) return;
    const [noted, ...since] = this.lives;
    this.#record = { ...this.#record, lives: [...(noted === undefined ? [] : [noted]), ...since.slice(2 - livesMax), incarnation] };
    await this.#write();
  }

  /** The cluster has registered this life, and knows of the stop before it. */
  noteBrokerEpoch(brokerEpoch: number, incarnation: Uuid): Promise<void> {
    this.#record = { ...this.#record, brokerEpoch, lives: [incarnation], owesLoss: false };
    return this.#write();
  }

  /** Records are missing that were there: the next broker epoch is that of a life that begins with less than the cluster takes it to have. */
  noteLoss(): Promise<void> {
    this.#record = { ...this.#record, owesLoss: true };
    return this.#write();
  }

  /** Notes that everything is synced, and nothing more will be written. */
  end(): Promise<void> {
    this.#record = { ...this.#record, isStopped: true };
    return this.#write();
  }

  #write(): Promise<void> {
    return this.#kv.commit([{ key, value: Buffer.from(JSON.stringify(this.#record)) }]);
  }
}

/** Names the page cache of a boot of the machine, as far as it concerns a directory. */
export function pageCacheIdOf({ bootId, directoryId }: { bootId: string; directoryId: Uuid }): string {
  return `${bootId}/${directoryId}`;
}

function readRecord(kv: Kv): LifeRecord | undefined {
  try {
    const value = kv.get(key);
    return value && JSON.parse(value.toString("utf8"));
  } catch {
    // Damaged: nothing is known of the life before, which counts as lossy.
    return undefined;
  }
}

function lastStopOf(before: LifeRecord | undefined, now: { bootId: string; directoryId: Uuid; hasLogs: boolean }): LastStop {
  if (before === undefined) return now.hasLogs ? "lossy" : "first";
  if (before.directoryId !== now.directoryId) return "lossy";
  if (before.isStopped) return "clean";
  return before.bootId === now.bootId ? "crashed" : "lossy";
}
