import type { BrokerEpoch, BrokerId } from "@millrace/vocabulary";
import type { BrokerRegistration, Controller } from "../controller.ts";
import type { Sessions } from "../sessions/sessions.ts";
import type { LeadNews } from "./lead-news.ts";
import type { MetadataTail } from "./metadata-tail.ts";

/** A controller that brokers in other processes may follow. */
export interface HostingController extends Controller {
  /** Whether this node may decide. */
  readonly leads: boolean;
  readonly nodeId: BrokerId;
  /** Leaders that it elected since the process began though they may lack committed records. */
  readonly riskyElections: number;
  /** Who does, as far as this node knows. */
  readonly leadNews: LeadNews;
  readonly sessions: Sessions;
  readonly tail: MetadataTail;
  /** As `registerBroker`, for a life that is heard on a stream of `sessions`. */
  registerOn(stream: number, registration: BrokerRegistration): Promise<BrokerEpoch>;
}
