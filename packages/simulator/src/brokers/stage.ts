import type { FaultChanges, SimulatedWorld } from "@millrace/runtime/simulated";
import { Chance } from "@millrace/runtime/simulated";
import type { ClientPool } from "./clients/client-pool.ts";
import type { Client } from "./clients/client.ts";
import type { BrokerNode } from "./cluster/broker-node.ts";
import type { DrawnSettings } from "./cluster/settings.ts";
import type { EventHash } from "../event-hash.ts";
import type { Marks } from "../marks.ts";
import type { Model } from "./model/model.ts";
import type { RunPlan } from "../plan.ts";

/** What a run needs to draw of brokers and their clients, whatever else there is. */
export interface ClientsPlan extends Pick<RunPlan, "seed" | "clients" | "pauseMs" | "weights" | "world"> {
  readonly settings: DrawnSettings;
}

/** What clients do, by name. Each asks something, and tells the model what it was answered; Unanswered goes to its caller. */
export type Operations = Readonly<Record<string, (client: Client) => Promise<void>>>;

/** What runs with brokers differ in. */
export interface StageParts {
  readonly plan: ClientsPlan;
  readonly cluster: { readonly nodes: readonly BrokerNode[] };
  readonly operations: Operations;
  /** Whether a broker may be told by others that it leads no more: what it has appended by then may be answered with a refusal. */
  readonly mayLoseLead: boolean;
}

/** What everything that takes part in a run shares. */
export interface Stage extends StageParts {
  /** How the world was from the start. */
  readonly usual: FaultChanges;
  readonly world: SimulatedWorld;
  readonly model: Model;
  readonly marks: Marks;
  readonly hash: EventHash;
  /** Ends the run: with a Violation, or with something that nobody expected. */
  readonly fail: (error: unknown) => void;
  /** Calls back in virtual time, on a machine that nothing happens to. */
  readonly later: (delayMs: number, act: () => void) => void;
  /** Takes back what a fault has done, after so long or when faults are over. */
  readonly lasting: (delayMs: number, takeBack: () => void) => void;
  /** Whether segments go by size, so that a log start may move without anybody's asking. */
  readonly mayRetire: boolean;
  readonly clients: ClientPool;
  /** Calls back between two events, so many events from now: at any await, and between any two operations on a disk. */
  readonly afterEvents: (events: number, act: () => void) => void;
  readonly areFaultsOver: () => boolean;
  /** A client begins an operation. */
  readonly begun: () => void;
}

/** A stream of chance of a run, so that a draw in one place does not change what another draws. */
export function chanceOf({ plan }: Pick<Stage, "plan">, name: string): Chance {
  return new Chance(plan.seed, `simulator ${name}`);
}
