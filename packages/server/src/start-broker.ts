import { Broker, followGroupShards, type Guards } from "@millrace/broker";
import { type Controller, openController } from "@millrace/controller";
import { groupCoordinator } from "@millrace/coordinator";
import { openQuorum, type StaticVoter } from "@millrace/raft";
import { Replicas } from "@millrace/replication";
import { type Address, MemoryBudget, type Runtime } from "@millrace/runtime";
import { permissiveAuthorizer, unlimitedQuotas } from "@millrace/security";
import { type LogDirectory, openLogDirectory } from "@millrace/storage";
import { BrokerEpoch, BrokerId, type Configuration, type Endpoint, MillraceError, parseEndpoints } from "@millrace/vocabulary";
import type { Entrance, TakeEntrance } from "./entrance.ts";
import { followConfiguration, followDeletedTopics } from "./followers.ts";
import { logDirectory } from "./format-broker.ts";
import { frontEntrance } from "./front/front-entrance.ts";
import { StopSequence } from "./stop-sequence.ts";

export interface BrokerOptions {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  /** Of Millrace, for metrics. */
  readonly version: string;
  /** Where clients come in; all three doors on every listener, unless a test has other ones. */
  readonly entrance?: TakeEntrance;
  /** Who may do what, and how much of it; everybody everything, as long as no setting says otherwise. */
  readonly guards?: Guards;
  /** Of the file that keeps room on the disk; as `openLogDirectory` has it, unless a small disk wants less. */
  readonly reserveBytes?: number;
}

/** A broker that serves. */
export interface RunningBroker {
  readonly broker: Broker;
  /** Where clients reach it, a listener each. */
  readonly addresses: readonly Address[];
  /** Resolves when the broker cannot go on: its disk has failed, or its metadata. Nothing was acknowledged since. */
  readonly failed: Promise<Error>;
  /** Stops everything in order; what was acknowledged is synced. */
  stop(): Promise<void>;
}

const everybodyEverything: Guards = { authorizer: permissiveAuthorizer, quotas: unlimitedQuotas };

/**
 * Starts every part of a broker, in order, and resolves when it serves. Rejects, with everything that was started stopped again, for
 * DATA_IN_USE, ADDRESS_IN_USE, DATA_UNFORMATTED, CONFIGURATION_INVALID and whatever is wrong with the stored data.
 */
export async function startBroker(options: BrokerOptions): Promise<RunningBroker> {
  const started = new StopSequence();
  try {
    return await start(options, started);
  } catch (error) {
    await started.stop();
    throw error;
  }
}

async function start(options: BrokerOptions, started: StopSequence): Promise<RunningBroker> {
  const { runtime, configuration, version, entrance: takeEntrance = frontEntrance, guards = everybodyEverything } = options;
  const { clock, logger } = runtime;
  const self = BrokerId(configuration.get("node.id"));
  const failure = Promise.withResolvers<Error>();
  const memory = new MemoryBudget(() => configuration.get("millrace.memory.max.bytes"));
  started.add("workers", () => runtime.work.close());

  const directory = await openLogDirectory({
    runtime,
    path: logDirectory(configuration),
    configuration,
    memory,
    ...(options.reserveBytes !== undefined && { reserveBytes: options.reserveBytes }),
    onFailure: failure.resolve,
  });
  started.add("log directory", () => directory.close());
  // Ports come before anything that takes long, so that one in use is told at once. Connections wait.
  const entrance = await takeEntrance({ runtime, configuration });
  started.add("ports", () => entrance.close());

  const controller = await openMetadata({ runtime, configuration, directory, self, onFailure: failure.resolve }, started);
  const epoch = await register({ runtime, configuration, directory, controller, self, entrance });
  started.add("registration", () => stopRegistration(controller, self, epoch));
  started.addNow(followConfiguration(controller, configuration, self));

  const replicas = new Replicas({ self, directory, configuration, logger });
  const groups = groupCoordinator({ runtime, configuration, surroundings: surroundingsOf(controller) });
  replicas.observe(followGroupShards(groups));
  replicas.begin(controller.image);
  started.addNow(controller.watch((delta) => replicas.apply(delta)));
  started.addNow(followDeletedTopics(controller, groups));
  started.add("replicas", () => replicas.close());
  started.add("groups", () => groups.close());
  await replicas.settled();

  const broker = new Broker({
    runtime,
    configuration,
    self,
    epoch,
    clusterId: directory.identity.clusterId,
    controller,
    replicas,
    groups,
    directory,
    memory,
    version,
    ...guards,
  });
  started.add("doors", () => entrance.close());
  await entrance.open(broker);
  logger.info("broker serves", {
    broker: self,
    epoch,
    lastStop: directory.lastStop,
    addresses: addressesOf(entrance),
    tookMs: Math.round(clock.monotonicMs()),
  });
  return { broker, addresses: addressesOf(entrance), failed: failure.promise, stop: () => started.stop() };
}

function addressesOf({ listeners }: Entrance): Address[] {
  return listeners.map(({ address }) => address);
}

interface MetadataParts {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  readonly directory: LogDirectory;
  readonly self: BrokerId;
  readonly onFailure: (error: Error) => void;
}

async function openMetadata(
  { runtime, configuration, directory, self, onFailure }: MetadataParts,
  started: StopSequence,
): Promise<Controller> {
  const { clock, logger, random } = runtime;
  const { clusterId, directoryId } = directory.identity;
  const quorum = await openQuorum({
    kv: directory.raft,
    clock,
    logger,
    clusterId,
    self: { nodeId: self, directoryId },
    voters: votersOf(configuration),
    onFailure: (error) => onFailure(error instanceof Error ? error : new Error(String(error))),
  });
  started.add("quorum", () => quorum.close());
  return openController({ quorum, clusterId, configuration, clock, random, logger });
}

/** The nodes that controller.quorum.voters names, as id@host:port each. */
function votersOf(configuration: Configuration): StaticVoter[] {
  return configuration.get("controller.quorum.voters").map((voter) => {
    const [, id, host, port] = /^(\d+)@(.+):(\d+)$/.exec(voter) ?? [];
    if (id === undefined || host === undefined)
      throw new MillraceError("CONFIGURATION_INVALID", {
        faults: [`controller.quorum.voters: must be id@host:port, not ${JSON.stringify(voter)}`],
      });
    return { nodeId: BrokerId(Number(id)), listeners: [{ name: "CONTROLLER", host, port: Number(port) }] };
  });
}

interface Registrant {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  readonly directory: LogDirectory;
  readonly controller: Controller;
  readonly self: BrokerId;
  readonly entrance: Entrance;
}

async function register({ runtime, configuration, directory, controller, self, entrance }: Registrant): Promise<BrokerEpoch> {
  const { clusterId, directoryId } = directory.identity;
  const advertised = configuration.get("advertised.listeners");
  const listeners: Endpoint[] =
    advertised === undefined
      ? entrance.listeners.map(({ name, address }) => ({ name, ...address }))
      : parseEndpoints(advertised, "advertised.listeners");
  const { previousBrokerEpoch } = directory;
  const epoch = await controller.registerBroker({
    id: self,
    incarnation: runtime.random.stream("incarnation").uuid(),
    directoryId,
    clusterId,
    host: runtime.host.name,
    rack: configuration.get("broker.rack"),
    listeners,
    lastStop: directory.lastStop,
    previousEpoch: previousBrokerEpoch === undefined ? undefined : BrokerEpoch(previousBrokerEpoch),
  });
  await directory.noteBrokerEpoch(epoch);
  return epoch;
}

function surroundingsOf(controller: Controller) {
  return {
    hasPartition: (topic: string, partition: number) => controller.image.topics.byName(topic)?.partitions[partition] !== undefined,
    partitionCount: (topic: string) => controller.image.topics.byName(topic)?.partitions.length,
    topicId: (topic: string) => controller.image.topics.byName(topic)?.id,
  };
}

/** A stop goes on without the controller. */
async function stopRegistration(controller: Controller, self: BrokerId, epoch: BrokerEpoch): Promise<void> {
  await controller.stopBroker(self, epoch).catch(() => {});
}
