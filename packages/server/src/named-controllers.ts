import { type NamedVoter, parseVoters } from "@millrace/controller";
import type { Configuration } from "@millrace/vocabulary";

/** What the listeners of voters are called in the quorum's own records; where they are reached says the configuration. */
export const controllerListener = "CONTROLLER";

/** The controllers that `controller.quorum.voters` names. */
export interface NamedControllers {
  readonly voters: readonly NamedVoter[];
  /** This process, where it is among them. */
  readonly own: NamedVoter | undefined;
  /** Whether another process is among them: then no controller's word counts by itself. */
  readonly hasOthers: boolean;
}

/** Throws CONFIGURATION_INVALID. */
export function namedControllers(configuration: Configuration): NamedControllers {
  const voters = parseVoters(configuration.get("controller.quorum.voters"));
  const self = configuration.get("node.id");
  return { voters, own: voters.find(({ id }) => id === self), hasOthers: voters.some(({ id }) => id !== self) };
}
