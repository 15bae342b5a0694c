import type { ApiName } from "./apis.ts";
import { parseVersions, type VersionRange, type Versions } from "./declaration/versions.ts";

/**
 * What brokers say that they serve, apart from what can be read and written: a version belongs here once its semantics are
 * there. Every client chooses by this table.
 *
 * - Produce 0 to 2 are listed and refused: librdkafka before 2.11 compresses only where it finds version 0 (KAFKA-18659).
 * - Fetch ends at 17, since 18 only serves replicas.
 */
const table = {
  Produce: "0-13",
  Fetch: "4-17",
  ListOffsets: "1-11",
  Metadata: "0-13",
  ApiVersions: "0-4",
} as const satisfies Partial<Record<ApiName, Versions>>;

export const advertised: ReadonlyMap<ApiName, VersionRange> = new Map(
  Object.entries(table).map(([name, versions]) => [name as ApiName, parseVersions(versions)]),
);
