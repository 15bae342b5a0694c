import type { PartitionImage } from "@millrace/metadata";
import type { BrokerId } from "@millrace/vocabulary";

/** The members of the ISR that a partition needs: below them its leader commits nothing more. A small partition needs all it has. */
export function isrNeeded(replicas: readonly BrokerId[], minIsr: number): number {
  return Math.min(minIsr, replicas.length);
}

/**
 * The eligible leaders of a partition whose ISR changes (KIP-966): while the ISR is smaller than it must be, those who leave it
 * still hold everything committed, since nothing more is committed without them. As soon as it is large enough there are none.
 */
export function eligibleAfter(
  before: Pick<PartitionImage, "isr" | "eligibleLeaders">,
  { replicas, isr }: Pick<PartitionImage, "replicas" | "isr">,
  lossy: BrokerId | undefined,
  minIsr: number,
): BrokerId[] {
  if (isr.length >= isrNeeded(replicas, minIsr)) return [];
  const complete = (id: BrokerId) => before.isr.includes(id) || before.eligibleLeaders.includes(id);
  return replicas.filter((id) => complete(id) && !isr.includes(id) && id !== lossy);
}
