import { Admin } from "@millrace/contracts/admin";
import { directoryOf, newVoterOf, quorumDraft } from "@millrace/controller";
import type { PeerMethod } from "@millrace/runtime";
import { BrokerId } from "@millrace/vocabulary";
import type { Broker } from "../../broker.ts";
import type { Unary } from "./unary.ts";

/** The controllers that agree on the metadata, and the levels that the cluster has finalised. */
export function quorumMethods({ controller }: Broker, unary: Unary): PeerMethod[] {
  const look = { resource: "cluster", access: "describe", quota: "request" } as const;
  const change = { resource: "cluster", access: "alter", quota: "controller_mutation" } as const;
  return [
    unary(Admin.describeQuorum, look, async (_, { guard }) => {
      guard.checkCluster();
      return quorumDraft(await controller.quorum.describe());
    }),
    unary(Admin.addVoter, change, async (request, { guard }) => {
      guard.checkCluster();
      await controller.quorum.addVoter(newVoterOf(request), { timeoutMs: request.timeoutMs });
      return {};
    }),
    unary(Admin.removeVoter, change, async ({ nodeId, directoryId }, { guard }) => {
      guard.checkCluster();
      await controller.quorum.removeVoter(BrokerId(nodeId), directoryOf(directoryId));
      return {};
    }),
    unary(Admin.transferLead, change, async ({ nodeId }, { guard }) => {
      guard.checkCluster();
      await controller.quorum.transfer(BrokerId(nodeId));
      return {};
    }),
    unary(Admin.updateFeatures, change, async ({ updates, validateOnly }, { guard }) => {
      guard.checkCluster();
      await controller.updateFeatures(updates, { validateOnly });
      return {};
    }),
  ];
}
