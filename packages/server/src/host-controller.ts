import { askWho, type HostingController, openController, parseVoters, sessionMethods } from "@millrace/controller";
import { openQuorum } from "@millrace/raft";
import type { Address, Runtime } from "@millrace/runtime";
import type { LogDirectory } from "@millrace/storage";
import { BrokerId, type Configuration, type Endpoint, parseEndpoints } from "@millrace/vocabulary";
import type { OwnLife } from "./own-life.ts";
import type { StopSequence } from "./stop-sequence.ts";

export interface HostedParts {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  readonly directory: LogDirectory;
  /** The broker in this process; undefined: there is none. */
  readonly own: OwnLife | undefined;
  readonly onFailure: (error: Error) => void;
}

/** A controller in this process, and where others reach it: nowhere, unless `listeners` has one of controller.listener.names. */
export interface HostedController {
  readonly controller: HostingController;
  readonly addresses: readonly Address[];
}

/** Calls that are under way when the process stops have so long to end. */
const graceMs = 500;

/** Opens the quorum and the controller over it, and serves brokers of other processes where there is a listener for them. */
export async function hostController(parts: HostedParts, started: StopSequence): Promise<HostedController> {
  const { runtime, configuration, directory, own, onFailure } = parts;
  const { clock, logger, random } = runtime;
  const { clusterId, directoryId } = directory.identity;
  const nodeId = BrokerId(configuration.get("node.id"));
  const endpoints = controllerEndpoints(configuration);
  const quorum = await openQuorum({
    kv: directory.raft,
    clock,
    logger,
    clusterId,
    self: { nodeId, directoryId },
    voters: parseVoters(configuration.get("controller.quorum.voters")).map(({ id, address }) => ({
      nodeId: BrokerId(id),
      listeners: [{ name: "CONTROLLER", ...address }],
    })),
    onFailure: (error) => onFailure(error instanceof Error ? error : new Error(String(error))),
  });
  started.add("quorum", () => quorum.close());
  // Where no other process can reach this controller, no broker of another process needs to be asked for.
  const asking = endpoints.length === 0 ? {} : { ask: (broker: Parameters<typeof askWho>[1]) => askWho(runtime, broker) };
  const controller = await openController({
    quorum,
    clusterId,
    nodeId,
    configuration,
    clock,
    random,
    logger,
    ...asking,
    ...(own && { own }),
  });
  const addresses: Address[] = [];
  for (const endpoint of endpoints) {
    const listener = await runtime.peers.serve(endpoint, sessionMethods(controller, clock));
    started.add("controller listener", async () => {
      // Sessions end with the quorum, and brokers look elsewhere at once.
      await quorum.close();
      await listener.close(graceMs);
    });
    addresses.push(listener.address);
  }
  return { controller, addresses };
}

function controllerEndpoints(configuration: Configuration): Endpoint[] {
  const names = configuration.get("controller.listener.names");
  return parseEndpoints(configuration.get("listeners"), "listeners").filter(({ name }) => names.includes(name));
}
