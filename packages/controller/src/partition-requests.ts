import type { InSyncProposal, PartitionImage } from "@millrace/metadata";
import type { BrokerEpoch, BrokerId, MillraceError } from "@millrace/vocabulary";
import { changesPerProposal } from "./bounds.ts";
import type { ElectedLeader, PartitionName, Reassignment } from "./controller.ts";
import { decideAlterPartitions } from "./decide/alter-partitions.ts";
import { decideDrainBroker } from "./decide/drain-broker.ts";
import { decideElectAll, decideElectLeaders } from "./decide/elect-leaders.ts";
import { decideReassignPartitions } from "./decide/reassign-partitions.ts";
import type { Election } from "./election.ts";
import { firstPlace, type PartitionPlace } from "./partition-walk.ts";
import type { Proposals } from "./proposals.ts";

/** What is asked about partitions, carried out in as many decisions as it needs. */
export class PartitionRequests {
  readonly #proposals: Proposals;

  constructor(proposals: Proposals) {
    this.#proposals = proposals;
  }

  alter(broker: BrokerId, epoch: BrokerEpoch, proposals: readonly InSyncProposal[]): Promise<(PartitionImage | MillraceError)[]> {
    const decide = (some: readonly InSyncProposal[]) =>
      this.#proposals.decide((surroundings) => decideAlterPartitions(surroundings, { broker, epoch }, some));
    return inStretches(proposals, decide);
  }

  elect(election: Election, partitions: readonly PartitionName[]): Promise<ElectedLeader[]> {
    const decide = (some: readonly PartitionName[]) =>
      this.#proposals.decide((surroundings) => decideElectLeaders(surroundings, election, some));
    return inStretches(partitions, decide);
  }

  async electAll(election: Election): Promise<ElectedLeader[]> {
    const all: ElectedLeader[] = [];
    await walking(async (from) => {
      const { elected, next } = await this.#proposals.decide((surroundings) => decideElectAll(surroundings, election, from));
      for (const each of elected) all.push(each);
      return next;
    });
    return all;
  }

  reassign(
    reassignments: readonly Reassignment[],
    options: { allowReplicationFactorChange: boolean },
  ): Promise<(undefined | MillraceError)[]> {
    const decide = (some: readonly Reassignment[]) =>
      this.#proposals.decide((surroundings) => decideReassignPartitions(surroundings, some, options));
    return inStretches(reassignments, decide);
  }

  async drain(broker: BrokerId): Promise<PartitionName[]> {
    const all: PartitionName[] = [];
    await walking(async (from) => {
      const { kept, next } = await this.#proposals.decide((surroundings) => decideDrainBroker(surroundings, broker, from));
      for (const each of kept) all.push(each);
      return next;
    });
    return all;
  }
}

/** Decides about so many entries at a time as fit in one proposal; also about none, which may be refused. */
async function inStretches<Entry, Reply>(
  entries: readonly Entry[],
  decide: (some: readonly Entry[]) => Promise<readonly Reply[]>,
): Promise<Reply[]> {
  const stretches: Promise<readonly Reply[]>[] = [];
  for (let from = 0; from === 0 || from < entries.length; from += changesPerProposal)
    stretches.push(decide(entries.slice(from, from + changesPerProposal)));
  return (await Promise.all(stretches)).flat();
}

async function walking(stretch: (from: PartitionPlace) => Promise<PartitionPlace | undefined>): Promise<void> {
  let place: PartitionPlace | undefined = firstPlace;
  while (place !== undefined) place = await stretch(place);
}
