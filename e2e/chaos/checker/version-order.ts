import type { Findings } from "./anomalies.ts";
import type { Operation } from "./operations.ts";

/**
 * In which order the values of one partition lie, by all offsets that anybody was told. Only the order counts, as offsets have gaps where
 * there are markers, or values that nobody has heard of.
 */
export class VersionOrder {
  readonly #valueAt = new Map<number, number>();
  /** Values of offsets at which there was another one before. */
  readonly #others = new Map<number, Set<number>>();
  readonly #placeOf = new Map<number, number>();

  /** An answer shows this value at this offset. */
  see(offset: number, value: number): void {
    const known = this.#valueAt.get(offset);
    if (known === undefined) this.#valueAt.set(offset, value);
    else if (known !== value) this.#others.set(offset, (this.#others.get(offset) ?? new Set([known])).add(value));
  }

  /** Sorts what was seen; to be called once, before places are asked for. */
  settle(partition: number, findings: Findings): void {
    const offsets = Float64Array.from(this.#valueAt.keys()).sort();
    for (const [place, offset] of offsets.entries()) this.#placeOf.set(offset, place);
    for (const [offset, values] of this.#others) findings.add("inconsistent-offsets", partition, { offset, values: [...values] });
    this.#findDuplicates(offsets, partition, findings);
  }

  /** How many offsets that were seen lie below this one, which was seen too. */
  placeOf(offset: number): number {
    return this.#placeOf.get(offset)!;
  }

  #findDuplicates(offsets: Float64Array, partition: number, findings: Findings): void {
    const firstAt = new Map<number, number>();
    for (const offset of offsets)
      for (const value of this.#others.get(offset) ?? [this.#valueAt.get(offset)!]) {
        const before = firstAt.get(value);
        if (before === undefined) firstAt.set(value, offset);
        else findings.add("duplicate", partition, { value, offsets: [before, offset] });
      }
  }
}

/** The orders of all partitions, by everything that sends and polls were told. */
export function versionOrders(operations: readonly Operation[], findings: Findings): Map<number, VersionOrder> {
  const orders = new Map<number, VersionOrder>();
  const see = (partition: number, offset: number, value: number): void => {
    let order = orders.get(partition);
    if (order === undefined) orders.set(partition, (order = new VersionOrder()));
    order.see(offset, value);
  };
  for (const operation of operations) {
    if (operation.f === "send")
      for (const { partition, offset, value } of operation.sends) if (offset !== undefined) see(partition, offset, value);
    if (operation.f === "poll") for (const { partition, offset, value } of operation.records) see(partition, offset, value);
  }
  for (const [partition, order] of orders) order.settle(partition, findings);
  return orders;
}
