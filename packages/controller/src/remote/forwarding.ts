import type { Draft, UnaryMethod } from "@millrace/contracts";
import { callMethod } from "@millrace/rpc";
import type { Clock, PeerChannel } from "@millrace/runtime";
import { codeOf, MillraceError, Offset, secondMs } from "@millrace/vocabulary";
import { isUntouched } from "../lead.ts";
import type { Arrivals } from "./arrivals.ts";

/** How long a request may wait for a controller, and then for its answer, each. */
const forwardTimeoutMs: number = 10 * secondMs;
/** A request is made again after so long: meanwhile the session moves to another node, or the node gets ready. */
const askAgainMs = 20;

/** How a request may be treated that meets a controller which is it no longer. */
export interface Repeating {
  /** It does no harm when it is carried out twice. */
  readonly isRepeatable: boolean;
  /** For the answer, beyond the time that every request has. */
  readonly extraMs?: number;
}

const once: Repeating = { isRepeatable: false };

/** Brings a broker's requests to the active controller, whichever that is. */
export class Forwarding {
  readonly #clock: Clock;
  readonly #arrivals: Arrivals;

  constructor(clock: Clock, arrivals: Arrivals) {
    this.#clock = clock;
    this.#arrivals = arrivals;
  }

  /** Asks, and resolves when what the answer rests on is here, too. */
  async forward<Request, Response extends { readonly metadataOffset: number }>(
    method: UnaryMethod<Request, Response>,
    request: Draft<Request>,
    how: Repeating = once,
  ): Promise<Response> {
    const answer = await this.ask(method, request, how);
    await this.#arrivals.offset(Offset(answer.metadataOffset), forwardTimeoutMs);
    return answer;
  }

  /**
   * Asks whoever is the active controller, and again where that one turned out not to be it and did nothing; a repeatable request also
   * where the controller was lost meanwhile. NOT_CONTROLLER: nothing was done. REQUEST_TIMED_OUT: nobody knows.
   */
  async ask<Request, Response>(method: UnaryMethod<Request, Response>, request: Draft<Request>, how: Repeating): Promise<Response> {
    const { isRepeatable, extraMs = 0 } = how;
    const endMs = this.#clock.monotonicMs() + forwardTimeoutMs;
    for (;;) {
      const leftMs = endMs - this.#clock.monotonicMs();
      const channel: PeerChannel = await this.#arrivals.channel(Math.max(0, leftMs));
      try {
        return await callMethod(channel, method, request, { timeoutMs: forwardTimeoutMs + extraMs });
      } catch (error) {
        const mayRepeat = isUntouched(error) || (isRepeatable && isLost(error));
        if (!mayRepeat || leftMs <= askAgainMs) throw isUntouched(error) || !isLost(error) ? error : unknownOutcome(error);
      }
      await new Promise<void>((resolve) => void this.#clock.timer(askAgainMs, resolve));
    }
  }
}

/** Whether the controller ceased to be one, or was not heard of any more, while the request was under way. */
function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return code === "NOT_CONTROLLER" || code === "CONNECTION_FAILED" || code === "CLOSED";
}

/** Who is told to try again must not be told "there already" by that. */
function unknownOutcome(error: unknown): MillraceError {
  const reason = "the controller was lost meanwhile; the change may be made or not";
  return new MillraceError("REQUEST_TIMED_OUT", { reason }, { cause: error });
}
