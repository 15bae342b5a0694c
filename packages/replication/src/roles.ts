import type { PartitionImage } from "@millrace/metadata";
import { type MillraceError, Offset } from "@millrace/vocabulary";
import { Follower, type FollowerHost } from "./following/follower.ts";
import { Leader, type LeaderHost } from "./leading/leader.ts";
import type { ReplicaSurroundings } from "./surroundings.ts";
import { isCountedOut } from "./withdrawal.ts";

/** The replica whose role it is. */
export interface RoleHost extends LeaderHost, FollowerHost {
  readonly highWatermark: Offset;
  /** This broker leads in a new leader epoch. */
  led(): void;
  /** The leader epoch is over; whatever waited for it is told the error. */
  left(error: MillraceError, wasLeader: boolean): void;
}

/** What this broker is to one partition, by the newest state of it that is known: its leader, or a follower. */
export class Roles {
  readonly #host: RoleHost;
  readonly #around: ReplicaSurroundings;
  #state: PartitionImage | undefined;
  #role: Leader | Follower | undefined;
  /** Of a role that is over: until it is done the log is neither led nor followed with. */
  #cutting: Promise<void> | undefined;

  constructor(host: RoleHost, around: ReplicaSurroundings) {
    this.#host = host;
    this.#around = around;
  }

  get state(): PartitionImage | undefined {
    return this.#state;
  }

  get leading(): Leader | undefined {
    return this.#role instanceof Leader ? this.#role : undefined;
  }

  get following(): Follower | undefined {
    return this.#role instanceof Follower ? this.#role : undefined;
  }

  /** Between two roles this broker has none. */
  get hasRole(): boolean {
    return this.#role !== undefined;
  }

  /** Takes a state over, if it is newer than the one that is known. `over` is told to whoever rests on the leader epoch before. */
  assume(state: PartitionImage, over: () => MillraceError): void {
    const before = this.#state;
    if (before !== undefined && state.partitionEpoch <= before.partitionEpoch) return;
    this.#state = state;
    if (state.leaderEpoch !== before?.leaderEpoch) {
      if (before !== undefined) this.#leave(over());
      return this.#take();
    }
    if (this.#role === undefined) return this.#take();
    this.leading?.assume(state);
  }

  /** The replica is gone. */
  end(error: MillraceError): void {
    this.#state = undefined;
    this.#leave(error);
  }

  #leave(error: MillraceError): void {
    const role = this.#role;
    this.#role = undefined;
    if (role instanceof Leader) role.resign();
    if (role instanceof Follower) this.#leaveLeader(role);
    this.#host.left(error, role instanceof Leader);
  }

  #leaveLeader(follower: Follower): void {
    this.#around.leave(follower);
    if (follower.cutting !== undefined) this.#takeAfter(follower.cutting);
  }

  /** A log that could not be cut is left alone until a newer state comes. */
  #takeAfter(cutting: Promise<void>): void {
    this.#cutting = cutting;
    const isDone = () => void (this.#cutting = undefined);
    cutting.then(isDone, isDone);
    void cutting.then(
      () => this.#take(),
      (error: unknown) => this.#around.logger.error("log not cut", { partition: this.#host.name, error }),
    );
  }

  /**
   * A leader learns from an answer that the replica has gone to others before the metadata say so, which removes the log: until then it
   * follows nobody, or its old log would be taken for that of a replica that comes back in this leader epoch.
   */
  #take(): void {
    const state = this.#state;
    if (state === undefined || this.#cutting !== undefined || this.#role !== undefined) return;
    if (!state.replicas.includes(this.#around.self)) return;
    const { log } = this.#host;
    // What is damaged goes before this replica says anything in the leader epoch.
    if (log.damagedFrom !== undefined && isCountedOut(state, this.#around.self)) return this.#takeAfter(log.dropDamage());
    // A log that lost committed records ends below what was known to be committed.
    const highWatermark = Offset(Math.min(this.#host.highWatermark, log.logEnd));
    if (state.leader === this.#around.self) {
      this.#role = new Leader(this.#host, this.#around, state, highWatermark);
      this.#host.led();
    } else {
      const { leader, leaderEpoch } = state;
      this.#role = new Follower(this.#host, this.#around, { leader, leaderEpoch, highWatermark });
      this.#host.moved();
      this.#around.follow(this.#role);
    }
  }
}
