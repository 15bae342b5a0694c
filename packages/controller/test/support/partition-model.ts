import { emptyImage, fold, type InSyncProposal, type MetadataImage, type PartitionImage } from "@millrace/metadata";
import { type BrokerEpoch, type BrokerId, Configuration, MillraceError, noBroker, Offset } from "@millrace/vocabulary";
import { expect } from "vitest";
import { isActive } from "../../src/brokers.ts";
import { decideAlterConfig } from "../../src/decide/alter-config.ts";
import { decideAlterPartitions } from "../../src/decide/alter-partitions.ts";
import { decideCreateTopic } from "../../src/decide/create-topic.ts";
import type { Decision, Surroundings } from "../../src/decide/decision.ts";
import { decideElectLeaders } from "../../src/decide/elect-leaders.ts";
import { decideFenceBroker } from "../../src/decide/fence-broker.ts";
import { decideReassignPartitions } from "../../src/decide/reassign-partitions.ts";
import { decideRegisterBroker } from "../../src/decide/register-broker.ts";
import { decideStopBroker } from "../../src/decide/stop-broker.ts";
import { departureBegins } from "../../src/departure.ts";
import { isrNeeded } from "../../src/eligible-leaders.ts";
import { commonLength, type Entry, ReplicaModel } from "./replica-model.ts";
import { configChange, newTopic, registration, wordsOf } from "./requests.ts";
import { chance, clusterId } from "./world.ts";

const name = { topic: "orders", index: 0 };

/**
 * One partition as the controller decides about it, and the replicas that live by these decisions, each as late as it likes. After every
 * step what the controller believes is held against what the replicas hold.
 */
export class PartitionModel {
  readonly replicas: ReadonlyMap<BrokerId, ReplicaModel>;
  /** Every record that some leader's high watermark has passed. */
  #committed: Entry[] = [];
  /** Since this leader epoch: who leads in an earlier one, and does not know, promises what may be lost already. */
  #lossEpoch = 0;
  #image: MetadataImage = emptyImage();
  #minIsr: number;
  #values = 0;
  #lives = 0;
  readonly #random = chance(1).stream("model");

  constructor(brokers: readonly BrokerId[], { replicas, minIsr }: { replicas: readonly BrokerId[]; minIsr: number }) {
    this.replicas = new Map(brokers.map((id) => [id, new ReplicaModel(id)]));
    this.#minIsr = minIsr;
    for (const id of brokers) this.register(id);
    this.#decide((surroundings) =>
      decideCreateTopic(surroundings, newTopic(wordsOf(`orders assign=${replicas.join(",")} min.insync.replicas=${minIsr}`))),
    );
    for (const id of brokers) this.learn(id);
  }

  get partition(): PartitionImage | undefined {
    return this.#image.topics.byName("orders")?.partitions[0];
  }

  /** @param isNoted whether the broker lives until its directory has noted that */
  register(id: BrokerId, isNoted = true): void {
    const replica = this.replicas.get(id)!;
    const stop = replica.epoch === undefined ? "first" : replica.owesLoss ? "lossy" : "crashed";
    const life = ++this.#lives;
    const lives = [...replica.lives, life];
    const words = registration(wordsOf(`${id} life=${life} lives=${lives.join(",")} stop=${stop}`), replica.epoch);
    const losesAll = this.partition?.replicas.length === 1 && replica.owesLoss;
    const { epoch } = this.#decide((surroundings) => decideRegisterBroker(surroundings, words, { clusterId, session: undefined }))!;
    if (losesAll) this.#forgive(replica);
    if (isNoted) return replica.noteRegistration(epoch, life);
    replica.lives = lives;
    replica.crash(Infinity);
  }

  fence(id: BrokerId): void {
    this.#decide((surroundings) => decideFenceBroker(surroundings, this.#life(id), departureBegins));
  }

  stop(id: BrokerId): void {
    this.#decide((surroundings) => decideStopBroker(surroundings, this.#life(id), departureBegins));
    this.crash(id, Infinity);
  }

  crash(id: BrokerId, kept: number): void {
    this.replicas.get(id)!.crash(kept);
  }

  learn(id: BrokerId): void {
    const replica = this.replicas.get(id)!;
    if (replica.isUp && this.partition !== undefined) replica.learn(this.partition, this.#minIsr);
  }

  append(id: BrokerId): void {
    this.replicas.get(id)!.append(++this.#values);
  }

  fetch(id: BrokerId, count: number): void {
    const follower = this.replicas.get(id)!;
    const leader = this.replicas.get(follower.known?.leader ?? noBroker);
    if (follower.isUp && leader?.isUp === true) follower.fetch(leader, count);
  }

  /** The leader's high watermark advances: nobody else may ever have committed something else there. */
  advance(id: BrokerId): void {
    const replica = this.replicas.get(id)!;
    replica.advance();
    if ((replica.known?.leaderEpoch ?? 0) < this.#lossEpoch) return;
    const log = replica.log.slice(0, replica.leading?.highWatermark ?? 0);
    const common = commonLength(log, this.#committed);
    expect(common, "what is committed stays committed").toBe(Math.min(log.length, this.#committed.length));
    if (log.length > this.#committed.length) this.#committed = log;
  }

  /** What a leader would have in sync, as it may ask for it later. */
  proposal(id: BrokerId, leaveOut: BrokerId): InSyncProposal | undefined {
    const { leading, known, epoch, ...leader } = this.replicas.get(id)!;
    if (leading === undefined || known === undefined) return undefined;
    const stays = (member: BrokerId) => known.isr.includes(member) && leading.ends.has(member);
    const caughtUp = this.replicas.get(id)!.caughtUp();
    const followers = [...leading.ends.keys()].filter((member) => member !== leaveOut && (caughtUp.includes(member) || stays(member)));
    const isr = [{ broker: leader.id, epoch: epoch! }, ...followers.map((broker) => ({ broker, epoch: leading.ends.get(broker)!.epoch }))];
    leading.proposed = isr.map(({ broker }) => broker);
    const topicId = this.#image.topics.byName("orders")!.id;
    return { topicId, index: 0, leaderEpoch: known.leaderEpoch, partitionEpoch: known.partitionEpoch, isr };
  }

  /** The controller decides about a proposal, of whatever life of the leader. @param isHeard whether the answer arrives */
  alterIsr(leader: BrokerId, epoch: BrokerEpoch, proposal: InSyncProposal, isHeard: boolean): void {
    const [answer] = this.#decide((surroundings) => decideAlterPartitions(surroundings, { broker: leader, epoch }, [proposal])) ?? [];
    const replica = this.replicas.get(leader)!;
    if (!isHeard || replica.leading === undefined || replica.epoch !== epoch) return;
    if (answer instanceof MillraceError || answer === undefined || replica.known?.leaderEpoch !== proposal.leaderEpoch) return;
    replica.leading.proposed = [];
    replica.learn(answer, this.#minIsr);
  }

  setMinIsr(minIsr: number): void {
    this.#decide((surroundings) => decideAlterConfig(surroundings, configChange(`topic:orders merge min.insync.replicas=${minIsr}`)));
    this.#minIsr = minIsr;
  }

  reassign(target: readonly BrokerId[] | undefined): void {
    const options = { allowReplicationFactorChange: true };
    this.#decide((surroundings) => decideReassignPartitions(surroundings, [{ ...name, replicas: target }], options));
  }

  electPreferred(): void {
    this.#decide((surroundings) => decideElectLeaders(surroundings, "preferred", [name]));
  }

  /** What may lead holds everything committed, and there is somebody who may. */
  check(): void {
    const { isr, eligibleLeaders, replicas, lastKnownLeader, leader } = this.partition!;
    const candidates = [...isr, ...eligibleLeaders];
    for (const id of candidates) {
      const replica = this.replicas.get(id)!;
      if (!replica.owesLoss) expect(commonLength(replica.log, this.#committed), `${id} holds everything`).toBe(this.#committed.length);
    }
    if (isr.length >= isrNeeded(replicas, this.#minIsr)) expect(eligibleLeaders).toEqual([]);
    expect(candidates.length > 0 || lastKnownLeader !== noBroker, "somebody may lead when it is back").toBe(true);
    expect(leader !== noBroker).toBe(isr.length > 0);
    if (leader === noBroker) expect(candidates.filter((id) => isActive(this.#image.brokers.get(id)))).toEqual([]);
  }

  #life(id: BrokerId): { brokerId: BrokerId; epoch: BrokerEpoch } {
    return { brokerId: id, epoch: this.#image.brokers.get(id)!.epoch };
  }

  /** Decides and folds; refusals change nothing, and give undefined. */
  #decide<Reply>(decide: (surroundings: Surroundings) => Decision<Reply>): Reply | undefined {
    const nextOffset = Offset(this.#image.offset + 1);
    const before = this.partition;
    try {
      const { records, reply } = decide({ image: this.#image, nextOffset, configuration: new Configuration(), random: this.#random });
      const all = [...records];
      if (all.length > 0) this.#image = fold(this.#image, nextOffset, 1, all).image;
      if (all.some(({ risk }) => risk !== undefined)) this.#forgive(this.replicas.get(this.partition!.leader)!);
      this.#checkEpochs(before);
      return reply;
    } catch (error) {
      if (error instanceof MillraceError) return undefined;
      throw error;
    }
  }

  #checkEpochs(before: PartitionImage | undefined): void {
    if (before === undefined || this.partition === before) return;
    const { leader, leaderEpoch, partitionEpoch } = this.partition!;
    expect(partitionEpoch).toBe(before.partitionEpoch + 1);
    if (leader !== before.leader) expect(leaderEpoch).toBe(before.leaderEpoch + 1);
  }

  /** It was said that records may be lost: what this replica lacks is committed no longer. */
  #forgive(replica: ReplicaModel): void {
    this.#committed = this.#committed.slice(0, commonLength(replica.log, this.#committed));
    this.#lossEpoch = this.partition!.leaderEpoch;
  }
}
