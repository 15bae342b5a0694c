import { advertised, type ApiName, apis, encodeRequest } from "@millrace/protocol";
import { arbitraryOf } from "@millrace/protocol/testing";
import { codeOf, type MillraceError, zeroUuid } from "@millrace/vocabulary";
import * as fc from "fast-check";
import type { BatchMaker } from "./batches.ts";
import type { Dice } from "./dice.ts";

/** Topics that requests may do anything to. */
export const victims = ["victim-plain", "victim-compacted", "victim-stamped"] as const;
const names = [
  ...victims,
  ...victims,
  "nowhere",
  "__consumer_offsets",
  "",
  ".",
  "..",
  "../../etc/passwd",
  "a/b",
  "a\0b",
  "__proto__",
  "constructor",
  "ümlaut",
  "x".repeat(249),
  "x".repeat(250),
  "y".repeat(30_000),
] as const;
const groups = ["fuzz-1", "fuzz-2", "fuzz-3", "", "__proto__", "g".repeat(30_000)] as const;
const counts = [1, 2, 0, -1, -2, 3, 20_000, 0x7fff_ffff, -0x8000_0000] as const;
const partitions = [0, 0, 0, 1, -1, 7, 0x7fff_ffff] as const;
const offsets = [0, 0, 1, 5, -1, -2, -3, 2 ** 53, 2 ** 63, -(2 ** 63)] as const;
const settings = ["retention.ms", "cleanup.policy", "max.message.bytes", "compression.type", "nonsense", "", "__proto__"] as const;
const written = ["1", "-1", "0", "delete", "compact", "gzip", "producer", "1e99", "NaN", "", "9".repeat(400), null] as const;
const sessionMs = [6_000, 6_000, 0, -1, 0x7fff_ffff] as const;

/**
 * What fields mean decides what is worth saying in them: names that exist and names that must not, counts that would take
 * all memory. Some are held back, since what they ask for is allowed and would change the broker under everyone, or take
 * minutes: settings of brokers (type 4), long waits, many partitions.
 */
const meanings: Readonly<Record<string, readonly unknown[]>> = {
  name: names,
  topic: names,
  topicName: names,
  resourceName: names,
  groupId: groups,
  coordinatorKeys: groups,
  resourceType: [2, 2, 2, 0, 1, 3, 32, 127, -1],
  numPartitions: counts,
  count: counts,
  replicationFactor: [1, 1, -1, 0, 3, 0x7fff],
  index: partitions,
  partition: partitions,
  partitionIndex: partitions,
  partitionIndexes: partitions,
  brokerIds: partitions,
  fetchOffset: offsets,
  offset: offsets,
  committedOffset: offsets,
  timestamp: [...offsets, -4, -5],
  configName: settings,
  value: written,
  maxWaitMs: [0, 1, 20, -1],
  timeoutMs: [0, 1, 50, -1],
  sessionTimeoutMs: sessionMs,
  rebalanceTimeoutMs: sessionMs,
  acks: [-1, -1, 1, 0, 2, 0x7fff],
  currentLeaderEpoch: [-1, -1, 0, 1, 0x7fff_ffff],
  lastFetchedEpoch: [-1, -1, 0, 1],
};

/** What may wait for others by its nature, whatever it says. */
export const parking: ReadonlySet<ApiName> = new Set(["JoinGroup", "SyncGroup"]);

/** Shapes drawn for each API in each version; what their fields say is drawn anew each time. */
const shapesPerVersion = 24;

export interface FuzzRequest {
  readonly name: ApiName;
  readonly version: number;
  /** With its length before it. */
  readonly frame: Buffer;
}

/** One version of a request. */
interface Shape {
  readonly name: ApiName;
  readonly version: number;
  readonly values: readonly unknown[];
  /** Fields that the version lacks: found out by trying. */
  readonly silent: Set<string>;
}

/** Makes requests that their version can carry, whatever they mean. */
export class RequestMaker {
  readonly #dice: Dice;
  readonly #batches: BatchMaker;
  readonly #shapes: Shape[] = [];
  #correlationId = 0;

  constructor(dice: Dice, batches: BatchMaker, seed: number) {
    this.#dice = dice;
    this.#batches = batches;
    for (const [name, { last, first }] of advertised) {
      for (let version = Math.max(first, apis[name].request.versions.first); version <= last; version++) {
        const values = fc.sample(arbitraryOf<unknown>(apis[name].request as never, version), {
          numRuns: shapesPerVersion,
          seed: seed + version,
        });
        this.#shapes.push({ name, version, values, silent: new Set() });
      }
    }
  }

  /** Every API in every version is as likely, but Produce and Fetch more so. */
  make(): FuzzRequest {
    const dice = this.#dice;
    const favoured = dice.once(3) ? this.#shapes.filter(({ name }) => name === "Produce" || name === "Fetch") : this.#shapes;
    const shape = dice.oneOf(favoured);
    for (;;) {
      const request = this.#meaningful(dice.oneOf(shape.values), "", shape.silent) as never;
      try {
        return this.#encoded(shape, request);
      } catch (error) {
        const field = codeOf(error) === "UNSUPPORTED_VERSION" ? (error as MillraceError).facts["field"] : undefined;
        if (typeof field !== "string" || shape.silent.has(field)) throw error;
        shape.silent.add(field);
      }
    }
  }

  #encoded({ name, version }: Shape, request: never): FuzzRequest {
    const header = { apiVersion: version, correlationId: ++this.#correlationId, clientId: this.#dice.once(4) ? null : "fuzz" };
    return { name, version, frame: Buffer.concat(encodeRequest(apis[name] as never, header, request).parts) };
  }

  /** The same shape, with fields that say something. */
  #meaningful(value: unknown, field: string, silent: ReadonlySet<string>): unknown {
    const dice = this.#dice;
    if (silent.has(field)) return value;
    if (Array.isArray(value)) return value.map((each) => this.#meaningful(each, field, silent));
    if (field === "records") return dice.once(10) ? null : this.#batches.make();
    if (field === "topicId") return dice.once(2) ? zeroUuid : value;
    const meant = meanings[field];
    if (meant !== undefined && (typeof value !== "object" || value === null)) return this.#fitting(value, dice.oneOf(meant));
    if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.#meaningful(each, name, silent)]));
  }

  /** Only a value of the same type: other fields may bear the name too, and null is not for all. */
  #fitting(value: unknown, meant: unknown): unknown {
    return typeof value === typeof meant && value !== null ? meant : value;
  }
}
