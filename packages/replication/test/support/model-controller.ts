import type { PartitionImage } from "@millrace/metadata";
import { BrokerEpoch, type BrokerId, type ErrorCode, LeaderEpoch, noBroker, PartitionEpoch } from "@millrace/vocabulary";
import type { Proposal } from "../../src/leading/proposal.ts";

export interface ModelBroker {
  readonly epoch: BrokerEpoch;
  readonly isFenced: boolean;
}

/** What the brokers learn, one after the other. */
export type ModelRecordOfMetadata =
  | { readonly type: "partition"; readonly state: PartitionImage }
  | { readonly type: "broker"; readonly id: BrokerId; readonly broker: ModelBroker };

/** A controller that does for one partition what KIP-841 and KIP-966 say, without unclean elections. */
export class ModelController {
  readonly metadata: ModelRecordOfMetadata[] = [];
  readonly brokers: Map<BrokerId, ModelBroker> = new Map();
  readonly minInSync: number;
  state: PartitionImage;
  /** The last candidate of all, which lost records: it leads when there is nobody else, with what it still has. */
  #lastKnown: BrokerId = noBroker;

  constructor(ids: readonly BrokerId[], minInSync: number) {
    this.minInSync = minInSync;
    for (const id of ids) this.#setBroker(id, { epoch: BrokerEpoch(this.metadata.length), isFenced: false });
    this.state = {
      index: 0,
      leader: ids[0]!,
      leaderEpoch: LeaderEpoch(0),
      partitionEpoch: PartitionEpoch(0),
      replicas: ids,
      isr: ids,
      eligibleLeaders: [],
      lastKnownLeader: noBroker,
      addingReplicas: [],
      removingReplicas: [],
    };
    this.metadata.push({ type: "partition", state: this.state });
  }

  /** Who may become leader without a loss: the ISR and the eligible leaders. */
  get candidates(): BrokerId[] {
    return [...this.state.isr, ...this.state.eligibleLeaders];
  }

  fence(id: BrokerId): void {
    const broker = this.brokers.get(id)!;
    if (broker.isFenced) return;
    this.#setBroker(id, { ...broker, isFenced: true });
    this.#leave(id);
  }

  /** A life begins, or goes on after it was fenced. */
  register(id: BrokerId, { isLossy }: { isLossy: boolean }): void {
    this.fence(id);
    if (isLossy) this.#forget(id);
    this.#setBroker(id, { epoch: BrokerEpoch(this.metadata.length), isFenced: false });
    this.#elect();
  }

  /** Another leader for no reason but that somebody wants one. */
  moveTo(id: BrokerId): void {
    const { state } = this;
    if (state.leader !== id && state.isr.includes(id) && !this.#isFenced(id)) this.#change({ leader: id });
  }

  alter(id: BrokerId, epoch: BrokerEpoch, proposal: Proposal): PartitionImage | ErrorCode {
    const { state } = this;
    if (this.brokers.get(id)!.epoch !== epoch) return "STALE_BROKER_EPOCH";
    if (state.leader !== id || state.leaderEpoch !== proposal.leaderEpoch) return "FENCED_LEADER_EPOCH";
    if (state.partitionEpoch !== proposal.partitionEpoch) return "INVALID_UPDATE_VERSION";
    for (const member of proposal.isr) {
      const broker = this.brokers.get(member.broker)!;
      if (broker.isFenced || broker.epoch !== member.epoch) return "INELIGIBLE_REPLICA";
    }
    this.#change({ isr: proposal.isr.map(({ broker }) => broker) });
    return this.state;
  }

  #isFenced(id: BrokerId): boolean {
    return this.brokers.get(id)!.isFenced;
  }

  #setBroker(id: BrokerId, broker: ModelBroker): void {
    this.brokers.set(id, broker);
    this.metadata.push({ type: "broker", id, broker });
  }

  #leave(id: BrokerId): void {
    const { state } = this;
    if (!state.isr.includes(id)) return;
    this.#change({ isr: state.isr.filter((member) => member !== id), ...(state.leader === id && { leader: noBroker }) });
    this.#elect();
  }

  /** Records of this replica may be missing: it is no candidate any more. */
  #forget(id: BrokerId): void {
    const { eligibleLeaders, isr } = this.state;
    if (!eligibleLeaders.includes(id)) return;
    if (isr.length + eligibleLeaders.length === 1) this.#lastKnown = id;
    this.#change({ eligibleLeaders: eligibleLeaders.filter((each) => each !== id) });
  }

  #elect(): void {
    const { state } = this;
    if (state.leader !== noBroker) return;
    const fromIsr = state.isr.find((id) => !this.#isFenced(id));
    if (fromIsr !== undefined) return this.#change({ leader: fromIsr });
    if (state.isr.length > 0) return;
    const eligible = state.eligibleLeaders.find((id) => !this.#isFenced(id));
    if (eligible !== undefined) return this.#change({ leader: eligible, isr: [eligible] });
    const last = this.#lastKnown;
    if (state.eligibleLeaders.length === 0 && !this.#isFenced(last)) this.#change({ leader: last, isr: [last] });
  }

  #change({ leader, isr, eligibleLeaders }: Partial<Pick<PartitionImage, "leader" | "isr" | "eligibleLeaders">>): void {
    const before = this.state;
    const members = isr ?? before.isr;
    const eligible = eligibleLeaders ?? (isr === undefined ? before.eligibleLeaders : this.#eligibleAfter(isr));
    this.state = {
      ...before,
      isr: members,
      eligibleLeaders: eligible,
      partitionEpoch: PartitionEpoch(before.partitionEpoch + 1),
      ...(leader !== undefined && { leader, leaderEpoch: LeaderEpoch(before.leaderEpoch + 1) }),
    };
    this.metadata.push({ type: "partition", state: this.state });
  }

  /** While the ISR is below the minimum nothing becomes committed, so that who leaves it still has everything (KIP-966). */
  #eligibleAfter(isr: readonly BrokerId[]): BrokerId[] {
    if (isr.length >= this.minInSync) return [];
    return [...new Set([...this.state.eligibleLeaders, ...this.state.isr])].filter((id) => !isr.includes(id));
  }
}
