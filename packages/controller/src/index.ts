/** Decides over the metadata of the cluster: brokers, placement, leaders, topics, settings, producer ids. */

export type {
  BrokerRegistration,
  ConfigChange,
  ConfigOperation,
  Controller,
  CreatedTopic,
  ElectedLeader,
  FeatureUpdate,
  MorePartitions,
  NewTopic,
  PartitionName,
  Reassignment,
} from "./controller.ts";
export type { Election } from "./election.ts";
export { openController } from "./open.ts";
export type { ControllerOptions } from "./open.ts";
export type { HostingController } from "./service/hosting-controller.ts";
export { parseVoters } from "./remote/named-voter.ts";
export type { NamedVoter } from "./remote/named-voter.ts";
export { RemoteController } from "./remote/remote-controller.ts";
export type { RemoteControllerOptions } from "./remote/remote-controller.ts";
export { sessionMethods } from "./service/session-methods.ts";
export { askWho, whoAnswer, whoQuestion } from "./sessions/who.ts";
export type { MemberDescription, QuorumDescription } from "@millrace/raft";
export type { NewVoter, QuorumControl } from "./quorum/quorum-control.ts";
export { directoryOf, newVoterOf, quorumDraft } from "./wire/quorum.ts";
