import type { Log } from "@millrace/storage";
import type { MillraceError, Offset, TopicId, TopicSettings } from "@millrace/vocabulary";
import type { Proposal } from "./leading/proposal.ts";
import type { Partition, PartitionOptions } from "./partition.ts";
import { PartitionProgress } from "./partition-progress.ts";
import { type RoleHost, Roles } from "./roles.ts";
import type { ReplicaSurroundings } from "./surroundings.ts";
import { Withdrawal } from "./withdrawal.ts";

/** A partition's log, its role, and how far it is committed: what happens to one of them reaches the others here. */
export class Replica implements RoleHost {
  readonly topicId: TopicId;
  readonly index: number;
  readonly name: string;
  readonly log: Log;
  readonly progress: PartitionProgress;
  readonly roles: Roles;
  readonly #partition: Partition;
  readonly #around: ReplicaSurroundings;
  readonly #settings: () => TopicSettings;
  readonly #withdrawal = new Withdrawal();

  constructor(partition: Partition, { topicId, index, log, settings, around }: PartitionOptions) {
    this.topicId = topicId;
    this.index = index;
    this.name = partition.name;
    this.log = log;
    this.progress = new PartitionProgress(partition, log);
    this.roles = new Roles(this, around);
    this.#partition = partition;
    this.#around = around;
    this.#settings = settings;
    log.observe({
      written: () => this.#written(),
      synced: () => this.#wrote(),
      logStartMoved: () => this.#logStartMoved(),
      failed: (error) => this.progress.lose(error),
      dropped: (error) => this.#dropped(error),
      damaged: () => this.#withdrawIfDamaged(),
    });
  }

  get settings(): TopicSettings {
    return this.#settings();
  }

  get highWatermark(): Offset {
    return this.progress.highWatermark;
  }

  moved(): void {
    const role = this.roles.leading ?? this.roles.following;
    if (role !== undefined) this.progress.moveTo(role.highWatermark);
    if (this.progress.waits.needSync) this.progress.waits.synced(this.syncedEnd);
  }

  /** Of the leader: everything below is synced on every replica in sync. Otherwise: on this one. */
  get syncedEnd(): Offset {
    return this.roles.leading?.syncedEnd ?? this.log.syncedEnd;
  }

  appended(end: Offset, bytes: number): void {
    this.progress.appended(end, bytes);
  }

  propose(proposal: Proposal): void {
    this.#around.propose(this.#partition, proposal);
  }

  isProposing(proposal: Proposal): boolean {
    return proposal === this.roles.leading?.proposal || proposal === this.#withdrawal.proposal;
  }

  /** The controller will not have what was proposed. */
  refused(proposal: Proposal, error: MillraceError): void {
    const { clock, logger } = this.#around;
    if (proposal !== this.#withdrawal.proposal) return this.roles.leading?.refused(proposal, error);
    logger.warn("damaged replica is still counted on", { partition: this.name, error });
    this.#withdrawal.refused(clock.monotonicMs());
  }

  /** Time has passed, a role has begun, or settings have changed. */
  tick(): void {
    // What a crash left in the page cache counts in a synced topic once it is synced, whether more is written or not.
    if (this.#isSyncedTopic && this.log.syncedEnd < this.log.logEnd) this.sync();
    this.roles.leading?.tick();
    this.#withdrawIfDamaged();
  }

  led(): void {
    this.tick();
    this.moved();
    this.#around.leads(this.#partition);
  }

  left(error: MillraceError, wasLeader: boolean): void {
    this.#withdrawal.over();
    this.progress.lose(error);
    this.progress.restart();
    if (wasLeader) this.#around.resigned(this.#partition);
  }

  /** A rejected sync reaches everyone through the log's `failed`. */
  sync(): void {
    this.log.sync().catch(() => {});
  }

  #written(): void {
    if (this.#isSyncedTopic || this.progress.waits.needSync) this.sync();
    this.progress.waits.written();
    this.#wrote();
  }

  #wrote(): void {
    const { leading, following } = this.roles;
    leading?.wrote();
    following?.wrote();
  }

  #logStartMoved(): void {
    this.progress.logStartMoved();
    this.roles.leading?.logStartMoved();
  }

  #dropped(error: MillraceError): void {
    this.progress.drop(error);
    this.roles.following?.dropped();
  }

  #withdrawIfDamaged(): void {
    const { state, hasRole } = this.roles;
    if (this.log.damagedFrom === undefined || state === undefined || !hasRole) return;
    const proposal = this.#withdrawal.propose(state, this.#around.clock.monotonicMs());
    if (proposal === undefined) return;
    this.#around.logger.error("damaged replica withdraws", {
      partition: this.name,
      damagedFrom: this.log.damagedFrom,
      leaderEpoch: state.leaderEpoch,
    });
    this.propose(proposal);
  }

  get #isSyncedTopic(): boolean {
    return this.settings["millrace.durability"] === "synced";
  }
}
