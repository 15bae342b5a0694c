import { RemoteController } from "@millrace/controller";
import type { Runtime } from "@millrace/runtime";
import { type Configuration, MillraceError } from "@millrace/vocabulary";
import { namedControllers } from "./named-controllers.ts";
import { rolesOf } from "./roles.ts";
import type { StopSequence } from "./stop-sequence.ts";

export interface FollowerParts {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  readonly onFailure: (error: Error) => void;
}

/** The controller of a broker that does not decide by itself: whichever of the voters leads, be it the one in this process. */
export function followController({ runtime, configuration, onFailure }: FollowerParts, started: StopSequence): RemoteController {
  const { peers, clock, logger } = runtime;
  const { voters, own } = namedControllers(configuration);
  if (voters.length === 0)
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: ["controller.quorum.voters: must name the controllers, since process.roles says that this process is none"],
    });
  if (own !== undefined && !rolesOf(configuration).isController)
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: [`controller.quorum.voters: names node ${own.id}, which is this one and no controller by its process.roles`],
    });
  const timeoutMs = configuration.get("broker.session.timeout.ms");
  const controller = new RemoteController({ peers, clock, logger, voters, timeoutMs, failed: onFailure });
  started.add("session", () => controller.close());
  return controller;
}
