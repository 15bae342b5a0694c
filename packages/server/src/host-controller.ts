import { askWho, type HostingController, openController, sessionMethods } from "@millrace/controller";
import { metadataLevelMax, metadataLevelMin } from "@millrace/metadata";
import { openQuorum, type Quorum, type QuorumOptions } from "@millrace/raft";
import type { Address, Runtime } from "@millrace/runtime";
import type { LogDirectory } from "@millrace/storage";
import { BrokerId, type Configuration, type Endpoint, MillraceError, parseEndpoints } from "@millrace/vocabulary";
import { controllerListener, namedControllers } from "./named-controllers.ts";
import type { OwnLife } from "./own-life.ts";
import type { StopSequence } from "./stop-sequence.ts";

export interface HostedParts {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  readonly directory: LogDirectory;
  /** The broker that has its metadata from this controller directly; undefined: every broker follows over a session. */
  readonly own: OwnLife | undefined;
  readonly onFailure: (error: Error) => void;
}

/** A controller in this process, and where others reach it: nowhere, unless `listeners` has one of controller.listener.names. */
export interface HostedController {
  readonly controller: HostingController;
  /** The quorum that it decides with. */
  readonly quorum: Quorum;
  readonly addresses: readonly Address[];
}

/** Calls that are under way when the process stops have so long to end. */
const graceMs = 500;

/**
 * Opens the quorum and the controller over it, and serves the other voters, and brokers that follow, where there is a listener for
 * them. Resolves also while nobody leads, unless this voter is the only one.
 */
export async function hostController(parts: HostedParts, started: StopSequence): Promise<HostedController> {
  const { runtime, configuration, directory, own } = parts;
  const { clock, logger, random } = runtime;
  const endpoints = controllerEndpoints(configuration);
  const quorum = await openQuorum(quorumOptions(parts));
  started.add("quorum", () => quorum.close());
  // Where no other process can reach this controller, no broker of another process needs to be asked for.
  const asking = endpoints.length === 0 ? {} : { ask: (broker: Parameters<typeof askWho>[1]) => askWho(runtime, broker) };
  const controller = await openController({
    quorum,
    clusterId: directory.identity.clusterId,
    nodeId: BrokerId(configuration.get("node.id")),
    configuration,
    clock,
    random,
    logger,
    ...asking,
    ...(own && { own }),
  });
  const addresses: Address[] = [];
  for (const endpoint of endpoints) addresses.push(await serve({ endpoint, quorum, controller }, runtime, started));
  return { controller, quorum, addresses };
}

/** A controller beside its broker, and named alone, decides for that broker directly: it never has other voters. */
function quorumOptions({ runtime, configuration, directory, own, onFailure }: HostedParts): QuorumOptions {
  const { peers, clock, logger, random } = runtime;
  const { clusterId, directoryId } = directory.identity;
  const { voters, hasOthers } = namedControllers(configuration);
  if (hasOthers && controllerEndpoints(configuration).length === 0)
    throw new MillraceError("CONFIGURATION_INVALID", {
      faults: ["listeners: must have one of controller.listener.names, since controller.quorum.voters names other controllers"],
    });
  return {
    kv: directory.raft,
    clock,
    logger,
    clusterId,
    self: { nodeId: BrokerId(configuration.get("node.id")), directoryId },
    voters: voters.map(({ id, address }) => ({ nodeId: BrokerId(id), listeners: [{ name: controllerListener, ...address }] })),
    ...(own === undefined && { network: { peers, random, levels } }),
    onFailure: (error) => onFailure(error instanceof Error ? error : new Error(String(error))),
  };
}

/** What this version can make of the metadata's records. */
const levels = { min: metadataLevelMin, max: metadataLevelMax };

interface Served {
  readonly endpoint: Endpoint;
  readonly quorum: Quorum;
  readonly controller: HostingController;
}

async function serve({ endpoint, quorum, controller }: Served, { peers, clock }: Runtime, started: StopSequence): Promise<Address> {
  const listener = await peers.serve(endpoint, [...quorum.methods(), ...sessionMethods(controller, clock)]);
  started.add("controller listener", async () => {
    // Sessions end with the quorum, and brokers look elsewhere at once.
    await quorum.close();
    await listener.close(graceMs);
  });
  return listener.address;
}

function controllerEndpoints(configuration: Configuration): Endpoint[] {
  const names = configuration.get("controller.listener.names");
  return parseEndpoints(configuration.get("listeners"), "listeners").filter(({ name }) => names.includes(name));
}
