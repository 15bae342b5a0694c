import type { HostingController } from "@millrace/controller";
import type { Quorum } from "@millrace/raft";
import { type Address, MemoryBudget, type Runtime } from "@millrace/runtime";
import { openLogDirectory } from "@millrace/storage";
import { type Configuration, MillraceError } from "@millrace/vocabulary";
import { logDirectory } from "./format-broker.ts";
import { hostController } from "./host-controller.ts";
import { StopSequence } from "./stop-sequence.ts";

export interface ControllerProcessOptions {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  /** Of the file that keeps room on the disk; as `openLogDirectory` has it, unless a small disk wants less. */
  readonly reserveBytes?: number;
}

/** A controller that serves brokers of other processes. */
export interface RunningController {
  readonly controller: HostingController;
  /** The quorum that it decides with, for whoever watches that. */
  readonly quorum: Quorum;
  readonly addresses: readonly Address[];
  /** Resolves when the controller cannot go on: its disk has failed. Nothing was acknowledged since. */
  readonly failed: Promise<Error>;
  stop(): Promise<void>;
}

/**
 * Starts a process that is a controller and no broker. Rejects, with everything that was started stopped again, for DATA_IN_USE,
 * ADDRESS_IN_USE, DATA_UNFORMATTED, CONFIGURATION_INVALID and whatever is wrong with the stored data.
 */
export async function startController(options: ControllerProcessOptions): Promise<RunningController> {
  const started = new StopSequence();
  try {
    return await start(options, started);
  } catch (error) {
    await started.stop();
    throw error;
  }
}

async function start(options: ControllerProcessOptions, started: StopSequence): Promise<RunningController> {
  const { runtime, configuration, reserveBytes } = options;
  const { clock, logger } = runtime;
  const failure = Promise.withResolvers<Error>();
  const onFailure = failure.resolve;
  const memory = new MemoryBudget(() => configuration.get("millrace.memory.max.bytes"));
  started.add("workers", () => runtime.work.close());
  const directory = await openLogDirectory({
    runtime,
    path: logDirectory(configuration),
    configuration,
    memory,
    onFailure,
    ...(reserveBytes !== undefined && { reserveBytes }),
  });
  started.add("log directory", () => directory.close());
  const { controller, quorum, addresses } = await hostController({ runtime, configuration, directory, own: undefined, onFailure }, started);
  if (addresses.length === 0)
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: ["listeners: must have one of controller.listener.names, since process.roles says that this process is no broker"],
    });
  logger.info("controller serves", { controller: configuration.get("node.id"), addresses, tookMs: Math.round(clock.monotonicMs()) });
  return { controller, quorum, addresses, failed: failure.promise, stop: () => started.stop() };
}
