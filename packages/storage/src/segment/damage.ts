import { codeOf, MillraceError, Offset } from "@millrace/vocabulary";

/** Where a segment holds a batch that is not what was written. */
export interface Damage {
  readonly path: string;
  /** In the file, where it is known. */
  readonly position?: number;
  /** The damaged batch holds no offset below. */
  readonly from: number;
}

/** What whoever reads a damaged batch is told. */
export function damageError(damage: Damage): MillraceError {
  return new MillraceError("KAFKA_STORAGE_ERROR", { ...damage, damaged: true });
}

/** The first offset that a damaged batch may hold, where an error tells of one. */
export function damagedFrom(error: unknown): Offset | undefined {
  if (codeOf(error) !== "KAFKA_STORAGE_ERROR") return undefined;
  const { damaged, from } = (error as MillraceError).facts;
  return damaged === true ? Offset(from as number) : undefined;
}
