import type { Draft } from "@millrace/contracts";
import { type OutcomesResponse, Session } from "@millrace/contracts/session";
import { serveMethod } from "@millrace/rpc";
import type { Clock, PeerMethod } from "@millrace/runtime";
import { BrokerEpoch, BrokerId, MillraceError } from "@millrace/vocabulary";
import { refusalBy } from "../lead.ts";
import { directoryOf, newVoterOf, quorumDraft } from "../wire/quorum.ts";
import { configChangeOf } from "../wire/configs.ts";
import { alteredPartitionDraft, inSyncProposalOf } from "../wire/in-sync.ts";
import { electedLeaderDraft, partitionNameDraft, partitionNameOf, reassignmentOf } from "../wire/partitions.ts";
import { createdTopicDraft, morePartitionsOf, newTopicOf, outcomeDraft, topicIdOf } from "../wire/topics.ts";
import type { HostingController } from "./hosting-controller.ts";
import { serveLeadNews } from "./served-lead-news.ts";
import { ServedSession } from "./served-session.ts";

/**
 * What a controller offers to brokers in other processes: the Session service of session.proto. For a listener that no client
 * reaches: whoever calls is taken for a broker.
 */
export function sessionMethods(controller: HostingController, clock: Clock): PeerMethod[] {
  const outcomes = (results: readonly (undefined | MillraceError)[]): Draft<OutcomesResponse> => ({
    outcomes: results.map(outcomeDraft),
    metadataOffset: controller.image.offset,
  });
  const methods: PeerMethod[] = [
    { kind: "stream", path: Session.watchLead.path, handle: (stream) => serveLeadNews(controller.leadNews, stream) },
    { kind: "stream", path: Session.open.path, handle: (stream) => void new ServedSession(controller, clock, stream) },
    serveMethod(Session.stopBroker, async ({ brokerId, epoch }) => {
      await controller.stopBroker(BrokerId(brokerId), BrokerEpoch(epoch));
      return { metadataOffset: controller.image.offset };
    }),
    serveMethod(Session.unregisterBroker, async ({ brokerId }) => {
      await controller.unregisterBroker(BrokerId(brokerId));
      return { metadataOffset: controller.image.offset };
    }),
    serveMethod(Session.createTopics, async ({ topics, validateOnly }) => {
      const results = await controller.createTopics(topics.map(newTopicOf), { validateOnly });
      return { topics: results.map(createdTopicDraft), metadataOffset: controller.image.offset };
    }),
    serveMethod(Session.deleteTopics, async ({ topicIds }) => outcomes(await controller.deleteTopics(topicIds.map(topicIdOf)))),
    serveMethod(Session.createPartitions, async ({ topics, validateOnly }) =>
      outcomes(await controller.createPartitions(topics.map(morePartitionsOf), { validateOnly })),
    ),
    serveMethod(Session.alterConfigs, async ({ changes, validateOnly }) =>
      outcomes(await controller.alterConfigs(changes.map(configChangeOf), { validateOnly })),
    ),
    serveMethod(Session.allocateProducerIds, async ({ brokerId, epoch }) => {
      const block = await controller.allocateProducerIds(BrokerId(brokerId), BrokerEpoch(epoch));
      return { ...block, metadataOffset: controller.image.offset };
    }),
    serveMethod(Session.updateFeatures, async ({ updates, validateOnly }) => {
      await controller.updateFeatures(updates, { validateOnly });
      return { metadataOffset: controller.image.offset };
    }),
    serveMethod(Session.alterPartitions, async ({ brokerId, epoch, proposals }) => {
      const wanted = proposals.map(inSyncProposalOf);
      const results = await controller.alterPartitions(BrokerId(brokerId), BrokerEpoch(epoch), wanted);
      const partitions = results.map((result, index) => alteredPartitionDraft(result, wanted[index]!));
      return { partitions, metadataOffset: controller.image.offset };
    }),
    serveMethod(Session.electLeaders, async ({ unclean, all, partitions }) => {
      const elected = await controller.electLeaders(unclean ? "unclean" : "preferred", all ? "all" : partitions.map(partitionNameOf));
      return { elected: elected.map(electedLeaderDraft), metadataOffset: controller.image.offset };
    }),
    serveMethod(Session.reassignPartitions, async ({ reassignments, allowReplicationFactorChange }) =>
      outcomes(await controller.reassignPartitions(reassignments.map(reassignmentOf), { allowReplicationFactorChange })),
    ),
    serveMethod(Session.drainBroker, async ({ brokerId }) => {
      const kept = await controller.drainBroker(BrokerId(brokerId));
      return { kept: kept.map(partitionNameDraft), metadataOffset: controller.image.offset };
    }),
  ];
  return [...methods, ...quorumMethods(controller)].map((method) => whileLeading(controller, method));
}

function quorumMethods({ quorum }: HostingController): PeerMethod[] {
  return [
    serveMethod(Session.describeQuorum, async () => ({ quorum: quorumDraft(await quorum.describe()) })),
    serveMethod(Session.addVoter, async ({ voter }) => {
      const { timeoutMs } = present(voter);
      await quorum.addVoter(newVoterOf(present(voter)), { timeoutMs });
      return {};
    }),
    serveMethod(Session.removeVoter, async ({ voter }) => {
      const { nodeId, directoryId } = present(voter);
      await quorum.removeVoter(BrokerId(nodeId), directoryOf(directoryId));
      return {};
    }),
    serveMethod(Session.transferLead, async ({ nodeId }) => {
      await quorum.transfer(BrokerId(nodeId));
      return {};
    }),
  ];
}

function present<Message>(message: Message | null): Message {
  if (message === null) throw new MillraceError("INVALID_REQUEST", { reason: "the request is empty" });
  return message;
}

/** A request that comes while this node does not lead is refused before anything is done about it; streams say so themselves. */
function whileLeading(controller: HostingController, method: PeerMethod): PeerMethod {
  if (method.kind === "stream") return method;
  const { handle } = method;
  return {
    ...method,
    handle: async (...call: Parameters<typeof handle>) => {
      if (!controller.leads) throw refusalBy(controller.leadNews.elected);
      return handle(...call);
    },
  };
}
