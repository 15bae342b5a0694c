import type { PartitionImage, TopicImage } from "@millrace/metadata";
import { type BrokerId, noBroker } from "@millrace/vocabulary";
import { type DecidedChange, revised } from "./partition-revision.ts";
import type { Terms } from "./terms.ts";

/**
 * What becomes of a partition when a broker that holds a replica stops or is fenced: it leaves the ISR, for the eligible leaders where too
 * few are left, and gives its leadership to another, or to nobody. undefined: nothing changes.
 *
 * @param terms by which the broker is not active
 */
export function afterStop(
  topic: Pick<TopicImage, "id">,
  partition: PartitionImage,
  broker: BrokerId,
  terms: Terms,
): DecidedChange | undefined {
  if (!partition.isr.includes(broker) && partition.leader !== broker) return undefined;
  return revised(topic.id, partition, { isr: without(partition, broker) }, terms);
}

/** What a new life of a broker begins with. */
export interface Holdings {
  /**
   * Of what earlier lives acknowledged. `part`: it may lack records, and is neither in sync nor an eligible leader until it has caught up.
   * `nothing`: its directory is another one, so it does not lead because it led last, either.
   */
  readonly holds: "everything" | "part" | "nothing";
}

/**
 * What becomes of a partition when a new life of a broker begins: its acknowledgements are of another life, so it leaves the ISR until it
 * has caught up, for the eligible leaders where too few are left; one that lacks records leaves them, too. Where nobody else leads, it
 * may: as an eligible leader, or because it led last. The only replica of a partition keeps its rights: what it holds is all there is.
 *
 * @param terms by which the broker is active, unless its return takes several steps
 */
export function afterReturn(
  topic: Pick<TopicImage, "id">,
  partition: PartitionImage,
  broker: BrokerId,
  { holds }: Holdings,
  terms: Terms,
): DecidedChange | undefined {
  const hasRights = partition.isr.includes(broker) || partition.eligibleLeaders.includes(broker);
  if (!hasRights && partition.leader !== noBroker) return undefined;
  const isAlone = partition.replicas.length === 1;
  const lost = isAlone || holds === "everything" ? {} : { lossy: broker, ...(holds === "nothing" && { empty: broker }) };
  return revised(topic.id, partition, { isr: without(partition, broker), ...lost }, terms);
}

/**
 * What becomes of a partition when a broker that holds a replica has found it damaged: it is in sync no more, nor an eligible leader, and
 * another leads, in a new epoch: in the one before the broker may have acknowledged what it is about to drop. undefined: nobody who holds
 * everything committed could lead, so that the damaged replica keeps its rights.
 */
export function afterWithdrawal(
  topic: Pick<TopicImage, "id">,
  partition: PartitionImage,
  broker: BrokerId,
  terms: Terms,
): DecidedChange | undefined {
  const others: Terms = { ...terms, isActive: (id) => id !== broker && terms.isActive(id), isUncleanAllowed: false };
  const change = revised(topic.id, partition, { isr: without(partition, broker), lossy: broker, isNewEpoch: true }, others);
  return change?.risk === undefined && change?.leadership?.leader !== noBroker ? change : undefined;
}

/** A leader for a partition that has none, where somebody may lead by now. */
export function afterUnfencing(topic: Pick<TopicImage, "id">, partition: PartitionImage, terms: Terms): DecidedChange | undefined {
  return partition.leader === noBroker ? revised(topic.id, partition, {}, terms) : undefined;
}

/**
 * What becomes of a partition when `min.insync.replicas` or `unclean.leader.election.enable` change: eligible leaders that are needed no
 * longer cease to be such, since records are committed without them from now on (KIP-966); and who may lead now does.
 *
 * @param terms with the new settings
 */
export function afterSettings(topic: Pick<TopicImage, "id">, partition: PartitionImage, terms: Terms): DecidedChange | undefined {
  if (partition.leader !== noBroker && partition.eligibleLeaders.length === 0) return undefined;
  return revised(topic.id, partition, {}, terms);
}

function without({ isr }: PartitionImage, broker: BrokerId): BrokerId[] {
  return isr.filter((id) => id !== broker);
}
