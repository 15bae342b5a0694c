import { type ApiName, apis, configResourceTypes } from "@millrace/protocol";
import { arbitraryOf } from "@millrace/protocol/testing";
import { zeroUuid } from "@millrace/vocabulary";
import * as fc from "fast-check";
import { poolsOf, type Subjects } from "./pools.ts";

/** Requests of one version: well formed, and about what is there and what is not, in a way that the seed alone decides. */
export function drawRequests(name: ApiName, version: number, subjects: Subjects, { seed, runs }: { seed: number; runs: number }): object[] {
  const arbitrary = arbitraryOf<object>(apis[name].request as never, version, poolsOf(name, version, subjects));
  const isComparable = comparable[name] ?? (() => true);
  return fc.sample(
    arbitrary.filter((request) => !hasTwins(request) && isComparable(request, version)),
    { seed: seed + version, numRuns: runs },
  );
}

/** APIs whose generated requests would make the broker wait for others, or tell of everything that there is. */
export const leftOut: ReadonlySet<ApiName> = new Set(["ApiVersions", "ListGroups"]);

interface Loose {
  readonly [field: string]: any;
}

/** What would be answered with everything there is, of whatever scenario, or what Kafka does not answer as it should. */
const comparable: Partial<Record<ApiName, (request: Loose, version: number) => boolean>> = {
  Metadata: ({ topics }) => topics !== null && topics.length > 0 && isOneKind(topics),
  DescribeTopicPartitions: ({ topics }) => topics.length > 0 && topics.every(({ name }: Loose) => name !== ""),
  DescribeLogDirs: ({ topics }) => topics !== null,
  ListConfigResources: ({ resourceTypes }, version) => version === 0 || resourceTypes.length > 0,
};

/** Of topics by name and by id together Kafka answers only some, and it fails where one has neither. */
function isOneKind(topics: readonly Loose[]): boolean {
  return topics.every(({ topicId }) => topicId !== zeroUuid) || topics.every(({ name, topicId }) => name !== null && topicId === zeroUuid);
}

const resourceTypes: readonly number[] = Object.values(configResourceTypes);

/** What tells the elements of a request's arrays from each other. */
const identities = [
  "name",
  "topic",
  "topicName",
  "topicId",
  "partitionIndex",
  "partition",
  "index",
  "groupId",
  "memberId",
  "resourceType",
  "resourceName",
];

/** Whether something is named twice: each API has its own way with that, which scenarios compare. */
function hasTwins(value: unknown): boolean {
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return false;
  if (!Array.isArray(value)) return Object.values(value).some(hasTwins);
  return new Set(value.map(identityOf)).size < value.length || value.some(hasTwins);
}

function identityOf(element: unknown): string {
  if (element === null || typeof element !== "object") return String(element);
  const { topicId = zeroUuid, resourceType } = element as Loose;
  if (topicId !== zeroUuid) return topicId;
  // Types that Kafka does not know are all one to it.
  const known = { ...element, resourceType: resourceTypes.includes(resourceType) ? resourceType : 0 } as Loose;
  return JSON.stringify(identities.map((name) => known[name]));
}
