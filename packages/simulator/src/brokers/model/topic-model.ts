import { holds } from "../../violation.ts";
import { anything } from "../../history/linearizability.ts";
import type { PartitionModel } from "./partition-model.ts";
import { Register } from "../../history/register.ts";

/** What clients know of one topic, by its id: it is not there yet, it is there, it is gone for ever. */
export class TopicModel {
  readonly id: string;
  readonly name: string;
  readonly isSynced: boolean;
  readonly partitions: readonly PartitionModel[];
  /** The value of `max.message.bytes` less its smallest here: a number that clients set and describe. */
  readonly setting: Register;
  /** Somebody has asked to delete it: it may be gone. */
  isDoomed = false;
  /** It was answered, or seen, that it is gone. */
  isGone = false;

  /** @param isAncient whether it may be from before the cluster was put back, with a setting that was made then */
  constructor(id: string, name: string, isSynced: boolean, partitions: readonly PartitionModel[], isAncient: boolean) {
    this.id = id;
    this.name = name;
    this.isSynced = isSynced;
    this.partitions = partitions;
    this.setting = new Register(`setting of ${name} ${id}`, "R9", isAncient ? anything : undefined);
  }

  /** Somebody who asked at a time when `wasGone` held was told whether it is there. */
  seen(isThere: boolean, wasGone: boolean): void {
    const facts = { topic: this.name, id: this.id };
    if (isThere) holds(!wasGone, "R9", { ...facts, reason: "it was deleted, and is there" });
    else {
      holds(this.isDoomed, "R9", { ...facts, reason: "nobody deleted it, and it is gone" });
      this.isGone = true;
    }
  }
}
