import { parseVoters, RemoteController, votersInTurn } from "@millrace/controller";
import type { Runtime } from "@millrace/runtime";
import { type Configuration, MillraceError } from "@millrace/vocabulary";
import type { StopSequence } from "./stop-sequence.ts";

export interface FollowerParts {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  readonly onFailure: (error: Error) => void;
}

/** The controller of a broker that has none in its process: one of the voters that its configuration names. */
export function followController({ runtime, configuration, onFailure }: FollowerParts, started: StopSequence): RemoteController {
  const { peers, clock, logger } = runtime;
  const voters = parseVoters(configuration.get("controller.quorum.voters"));
  if (voters.length === 0)
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: ["controller.quorum.voters: must name the controllers, since process.roles says that this process is none"],
    });
  const self = configuration.get("node.id");
  if (voters.some(({ id }) => id === self))
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: [`controller.quorum.voters: names node ${self}, which is this one and no controller by its process.roles`],
    });
  const locator = votersInTurn(voters.map(({ address }) => address));
  const timeoutMs = configuration.get("broker.session.timeout.ms");
  const controller = new RemoteController({ peers, clock, logger, locator, timeoutMs, failed: onFailure });
  started.add("session", () => controller.close());
  return controller;
}
