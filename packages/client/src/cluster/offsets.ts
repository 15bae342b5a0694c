import { type Draft, errorOf } from "@millrace/contracts";
import { type FoundOffset, Isolation, Log, type OffsetQuery, OffsetSpot } from "@millrace/contracts/log";
import { callMethod } from "@millrace/rpc";
import type { Address, Clock } from "@millrace/runtime";
import { MillraceError, printAddress, secondMs } from "@millrace/vocabulary";
import { sleep } from "../waiting.ts";
import { type Cluster, mayPass } from "./cluster.ts";

/** A place in a log that its leader knows: an end, or the first record of a time. */
export type Spot = "earliest" | "latest" | { readonly timestampMs: number };

export interface SpotQuery {
  readonly topic: string;
  readonly partition: number;
  readonly at: Spot;
}

export interface SearchOptions {
  readonly isReadCommitted: boolean;
  readonly timeoutMs: number;
}

const attemptTimeoutMs: number = 5 * secondMs;
const retryMs = 100;

/**
 * The offsets of spots, in the order of the queries. A time after the last record is found at the latest end. Asks again, whoever
 * leads then, until `timeoutMs` have passed; then rejects with what was said last, or at once with what will not change.
 */
export async function findOffsets(
  cluster: Cluster,
  clock: Clock,
  queries: readonly SpotQuery[],
  options: SearchOptions,
): Promise<number[]> {
  const deadlineMs = clock.monotonicMs() + options.timeoutMs;
  const search = new OffsetSearch(cluster, queries, options);
  while (search.isOpen) {
    const trouble = await search.askLeaders();
    if (trouble === undefined) continue;
    if (!mayPass(trouble) || clock.monotonicMs() + retryMs > deadlineMs) throw trouble;
    await search.refresh();
    await sleep(clock, retryMs, cluster.ending);
  }
  return search.offsets;
}

/** What is still to be found. */
interface OpenQuery {
  readonly topic: string;
  readonly partition: number;
  at: Spot;
  offset: number | undefined;
}

class OffsetSearch {
  readonly #cluster: Cluster;
  readonly #isolation: number;
  readonly #queries: readonly OpenQuery[];

  constructor(cluster: Cluster, queries: readonly SpotQuery[], { isReadCommitted }: SearchOptions) {
    this.#cluster = cluster;
    this.#isolation = isReadCommitted ? Isolation.READ_COMMITTED : Isolation.READ_UNCOMMITTED;
    this.#queries = queries.map((query) => ({ ...query, offset: undefined }));
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  get offsets(): number[] {
    return this.#queries.map(({ offset }) => offset!);
  }

  get #open(): OpenQuery[] {
    return this.#queries.filter(({ offset }) => offset === undefined);
  }

  /** Asks each leader once for what it leads. Resolves to one of the troubles that there were, preferably one that stays. */
  async askLeaders(): Promise<MillraceError | undefined> {
    const byLeader = new Map<string, { readonly address: Address; readonly queries: OpenQuery[] }>();
    const troubles: MillraceError[] = [];
    for (const query of this.#open) {
      const { address } = this.#cluster.view.leaderOf(query.topic, query.partition) ?? {};
      if (address === undefined) {
        troubles.push(new MillraceError("LEADER_NOT_AVAILABLE", { topic: query.topic, partition: query.partition }));
        continue;
      }
      const group = byLeader.get(printAddress(address)) ?? { address, queries: [] };
      group.queries.push(query);
      byLeader.set(printAddress(address), group);
    }
    const asked = [...byLeader.values()].map(({ address, queries }) => this.#ask(address, queries));
    troubles.push(...(await Promise.all(asked)).flat());
    return troubles.find((trouble) => !mayPass(trouble)) ?? troubles[0];
  }

  async refresh(): Promise<void> {
    const topics = new Set(this.#open.map(({ topic }) => topic));
    await Promise.all([...topics].map((topic) => this.#cluster.refresh(topic).catch(() => {})));
  }

  async #ask(address: Address, queries: readonly OpenQuery[]): Promise<MillraceError[]> {
    const { connections } = this.#cluster;
    const request = { isolation: this.#isolation, queries: queries.map((query) => this.#draftOf(query)) };
    const options = { timeoutMs: attemptTimeoutMs, headers: connections.headers };
    try {
      const { offsets } = await callMethod(connections.to(address), Log.listOffsets, request, options);
      return queries.flatMap((query, index) => take(query, offsets[index]));
    } catch (error) {
      if (error instanceof MillraceError) return [error];
      throw error;
    }
  }

  #draftOf({ topic, partition, at }: OpenQuery): Draft<OffsetQuery> {
    const named = { topicId: this.#cluster.view.topic(topic)?.id, partition };
    if (typeof at === "object") return { ...named, spot: OffsetSpot.TIMESTAMP, timestampMs: at.timestampMs };
    return { ...named, spot: at === "earliest" ? OffsetSpot.EARLIEST : OffsetSpot.LATEST };
  }
}

/** Takes an answer over into its query. */
function take(query: OpenQuery, answer: FoundOffset | undefined): MillraceError[] {
  if (answer === undefined) return [new MillraceError("UNKNOWN_SERVER_ERROR", { reason: "an answer is missing" })];
  if (answer.failure !== null) return [errorOf(answer.failure)];
  if (answer.offset !== null) query.offset = answer.offset;
  else if (query.at === "latest") return [new MillraceError("OFFSET_NOT_AVAILABLE")];
  else query.at = "latest"; // no record is that young: asked again for the end
  return [];
}
