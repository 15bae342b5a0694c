import type { MetadataImage } from "@millrace/metadata";
import type { RequestContext } from "@millrace/security";
import { type BrokerId, type LeaderEpoch, type MillraceError, noBroker, unknownLeaderEpoch } from "@millrace/vocabulary";
import type { Endpoints } from "../../endpoints.ts";

/** Who leads a partition now. -1: not known. */
export interface CurrentLeader {
  readonly leaderId: BrokerId;
  readonly leaderEpoch: LeaderEpoch;
}

const unknown: CurrentLeader = { leaderId: noBroker, leaderEpoch: unknownLeaderEpoch };

/** Tells a client that asked the wrong broker where to go, so that it need not ask for metadata first (KIP-951). */
export class LeaderHints {
  readonly #image: MetadataImage;
  readonly #endpoints: Endpoints;
  readonly #context: RequestContext;
  readonly #isKnown: boolean;
  readonly #hinted = new Set<BrokerId>();

  /** @param isKnown whether the version of the request has hints; otherwise none are given */
  constructor(places: { image: MetadataImage; endpoints: Endpoints }, context: RequestContext, isKnown: boolean) {
    this.#image = places.image;
    this.#endpoints = places.endpoints;
    this.#context = context;
    this.#isKnown = isKnown;
  }

  /** The leader that an error names, where it is about leadership. */
  leaderFor(error: MillraceError | undefined): CurrentLeader {
    if (!this.#isKnown || (error?.code !== "NOT_LEADER_OR_FOLLOWER" && error?.code !== "FENCED_LEADER_EPOCH")) return unknown;
    const { leader, leaderEpoch: epoch } = error.facts as { leader?: BrokerId; leaderEpoch?: LeaderEpoch };
    if (leader === undefined || epoch === undefined || leader === noBroker) return unknown;
    this.#hinted.add(leader);
    return { leaderId: leader, leaderEpoch: epoch };
  }

  /** Addresses of every leader that was hinted at. */
  nodes(): { nodeId: BrokerId; host: string; port: number; rack: string | null }[] {
    return [...this.#hinted].flatMap((id) => {
      const broker = this.#image.brokers.get(id);
      const address = broker === undefined ? undefined : this.#endpoints.of(broker, this.#context);
      return address === undefined ? [] : [{ nodeId: id, host: address.host, port: address.port, rack: address.rack ?? null }];
    });
  }
}
