import type { Logger } from "@millrace/runtime";
import { type BrokerEpoch, type BrokerId, MillraceError, type Uuid } from "@millrace/vocabulary";
import type { BrokerRegistration } from "./controller.ts";
import { type Decision, type Surroundings, unchanged } from "./decide/decision.ts";
import { decideFenceBroker } from "./decide/fence-broker.ts";
import { decideArrival, decideRegisterBroker, type Registered } from "./decide/register-broker.ts";
import { decideStopBroker } from "./decide/stop-broker.ts";
import { decideUnregisterBroker, type Unregistered } from "./decide/unregister-broker.ts";
import { type Departure, departureBegins } from "./departure.ts";
import type { Proposals } from "./proposals.ts";
import type { FencingCause } from "./sessions/lives.ts";
import type { Sessions } from "./sessions/sessions.ts";

export interface LifecycleParts {
  readonly clusterId: Uuid;
  readonly logger: Logger;
  readonly proposals: Proposals;
  readonly sessions: Sessions;
}

/** The lives of brokers as the cluster goes through them: each begins and ends in as many decisions as its partitions need. */
export class Lifecycle {
  readonly #parts: LifecycleParts;

  constructor(parts: LifecycleParts) {
    this.#parts = parts;
  }

  /** @param stream on which the life is heard; undefined: it is of this process */
  async register(stream: number | undefined, registration: BrokerRegistration): Promise<BrokerEpoch> {
    const { proposals, logger } = this.#parts;
    const { id, incarnation, lastStop } = registration;
    let registered = await proposals.decide((surroundings) => this.#begin(surroundings, registration, stream));
    while (registered.next !== undefined) {
      const so: Registered = registered;
      registered = await proposals.decide((surroundings) => this.#goOn(surroundings, id, so));
    }
    const { epoch } = registered;
    if (lastStop === "lossy") logger.warn("broker may have lost records", { broker: id, epoch });
    logger.info("broker registered", { broker: id, epoch, incarnation, lastStop });
    return epoch;
  }

  async stop(brokerId: BrokerId, epoch: BrokerEpoch): Promise<void> {
    const { proposals, sessions, logger } = this.#parts;
    let place: Departure | undefined = departureBegins;
    while (place !== undefined) {
      const from: Departure = place;
      place = await proposals.decide((surroundings) => decideStopBroker(surroundings, { brokerId, epoch }, from));
    }
    sessions.ended(brokerId, epoch);
    logger.info("broker stopped", { broker: brokerId, epoch });
  }

  async unregister(brokerId: BrokerId): Promise<void> {
    const { proposals, sessions, logger } = this.#parts;
    let left: Partial<Unregistered> = { next: departureBegins };
    while (left.next !== undefined) {
      const { epoch, next }: Partial<Unregistered> = left;
      left = await proposals.decide((surroundings) => {
        if (sessions.isRunning(brokerId))
          throw new MillraceError("INVALID_REQUEST", { broker: brokerId, reason: "the broker runs; stop it first" });
        return decideUnregisterBroker(surroundings, { brokerId, epoch }, next);
      });
    }
    logger.info("broker unregistered", { broker: brokerId, epoch: left.epoch });
  }

  async fence(broker: BrokerId, epoch: BrokerEpoch, cause: FencingCause): Promise<void> {
    this.#parts.logger.warn("broker fenced", { broker, epoch, cause });
    await this.moveAway(broker, epoch);
  }

  /** Fences a life, unless it has shown itself again since, and takes its partitions from it. */
  async moveAway(brokerId: BrokerId, epoch: BrokerEpoch): Promise<void> {
    const { proposals, sessions } = this.#parts;
    let place: Departure | undefined = departureBegins;
    while (place !== undefined) {
      const from: Departure = place;
      const decide = (surroundings: Surroundings): Decision<Departure | undefined> =>
        sessions.isLive(brokerId, epoch) ? unchanged(undefined) : decideFenceBroker(surroundings, { brokerId, epoch }, from);
      // Where this node leads no longer, the next leader finds out by itself.
      place = await proposals.decide(decide).catch(() => undefined);
    }
  }

  /** A life that was fenced before it had arrived does not arrive. */
  #goOn(surroundings: Surroundings, id: BrokerId, so: Registered): Decision<Registered> {
    if (!this.#parts.sessions.isLive(id, so.epoch)) throw new MillraceError("STALE_BROKER_EPOCH", { broker: id, epoch: so.epoch });
    return decideArrival(surroundings, id, so);
  }

  /** A life goes on from the moment at which that is decided, and not only when it is committed: no fencing comes between. */
  #begin(surroundings: Surroundings, registration: BrokerRegistration, stream: number | undefined): Decision<Registered> {
    const { clusterId, sessions } = this.#parts;
    const { id, incarnation } = registration;
    const session = sessions.claimedBy(id, incarnation);
    const decision = decideRegisterBroker(surroundings, registration, { clusterId, session });
    sessions.began({ broker: id, epoch: decision.reply.epoch, incarnation }, stream);
    return decision;
  }
}
