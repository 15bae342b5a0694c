import type { MetadataImage } from "@millrace/metadata";
import type { BrokerId } from "@millrace/vocabulary";
import type { Follower } from "../following/follower.ts";
import { LeaderStream, type LeaderStreamOptions } from "./leader-stream.ts";

/** The ways of this broker's followers to their leaders: one stream for each broker that leads something. */
export class LeaderStreams {
  readonly #options: LeaderStreamOptions;
  readonly #streams = new Map<BrokerId, LeaderStream>();
  readonly #followers = new Map<BrokerId, Set<Follower>>();
  #image: MetadataImage | undefined;
  #epoch: number | undefined;
  #isClosed = false;

  constructor(options: Omit<LeaderStreamOptions, "nextGeneration">) {
    let generation = 0;
    this.#options = { ...options, nextGeneration: () => ++generation };
  }

  follow(follower: Follower): void {
    if (follower.leader < 0 || this.#isClosed) return;
    const followers = this.#followers.get(follower.leader) ?? new Set();
    this.#followers.set(follower.leader, followers);
    followers.add(follower);
    (this.#streams.get(follower.leader) ?? this.#open(follower.leader))?.add(follower);
  }

  leave(follower: Follower): void {
    const followers = this.#followers.get(follower.leader);
    followers?.delete(follower);
    if (followers?.size === 0) this.#followers.delete(follower.leader);
    const stream = this.#streams.get(follower.leader);
    if (stream === undefined) return void follower.stop();
    stream.remove(follower);
    if (stream.isIdle) this.#closeStream(stream);
  }

  /** Follows where brokers are, and which life this one is in. */
  update(image: MetadataImage): void {
    this.#image = image;
    const epoch = this.#options.epoch();
    if (this.#epoch !== epoch) for (const stream of this.#streams.values()) stream.renew();
    this.#epoch = epoch;
    for (const stream of this.#streams.values()) if (!this.#isAt(stream)) this.#closeStream(stream);
    for (const [leader, followers] of this.#followers) {
      if (this.#streams.has(leader)) continue;
      const stream = this.#open(leader);
      for (const follower of followers) stream?.add(follower);
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const stream of this.#streams.values()) this.#closeStream(stream);
  }

  #open(leader: BrokerId): LeaderStream | undefined {
    const address = this.#addressOf(leader);
    if (address === undefined || this.#isClosed) return undefined;
    const stream = new LeaderStream(leader, { host: address.host, port: address.port }, this.#options);
    this.#streams.set(leader, stream);
    return stream;
  }

  #closeStream(stream: LeaderStream): void {
    this.#streams.delete(stream.leader);
    stream.close();
  }

  #isAt({ leader, address }: LeaderStream): boolean {
    const known = this.#addressOf(leader);
    return known?.host === address.host && known.port === address.port;
  }

  /** The listener that other processes of the cluster use is the first one. */
  #addressOf(leader: BrokerId) {
    return this.#image?.brokers.get(leader)?.listeners[0];
  }
}
