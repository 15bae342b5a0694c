import { Broker, followGroupShards, grpcMethods, HttpDoor, KafkaDoor } from "@millrace/broker";
import { type Controller, openController } from "@millrace/controller";
import { groupCoordinator } from "@millrace/coordinator";
import { openQuorum } from "@millrace/raft";
import { Replicas } from "@millrace/replication";
import { createAcceptor } from "@millrace/rpc";
import { type Address, MemoryBudget, type Runtime } from "@millrace/runtime";
import { realSocket } from "@millrace/runtime/real";
import { permissiveAuthorizer, unlimitedQuotas } from "@millrace/security";
import { type LogDirectory, openLogDirectory } from "@millrace/storage";
import { BrokerEpoch, BrokerId, type Configuration, type Endpoint, MiB, MillraceError, parseEndpoints } from "@millrace/vocabulary";
import { logDirectory } from "./format-broker.ts";
import { FrontDoor } from "./front/front-door.ts";
import { HttpListener } from "./front/http-listener.ts";
import { followConfiguration, followDeletedTopics } from "./followers.ts";
import { StopSequence } from "./stop-sequence.ts";

export interface BrokerOptions {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  /** Of Millrace, for metrics. */
  readonly version: string;
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

/** Calls that are under way when the broker stops have so long to end. */
const graceMs = 500;

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

async function start({ runtime, configuration, version }: BrokerOptions, started: StopSequence): Promise<RunningBroker> {
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
    onFailure: failure.resolve,
  });
  started.add("log directory", () => directory.close());
  const fronts = await listen(configuration, runtime);
  for (const { front } of fronts) started.add("listener", () => front.close());

  const controller = await openMetadata({ runtime, configuration, directory, self, onFailure: failure.resolve }, started);
  const epoch = await register({ runtime, configuration, directory, controller, self, fronts });
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

  const guards = { authorizer: permissiveAuthorizer, quotas: unlimitedQuotas };
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
  await openDoors(broker, fronts, started);
  logger.info("broker serves", {
    broker: self,
    epoch,
    lastStop: directory.lastStop,
    addresses: fronts.map(({ address }) => address),
    tookMs: Math.round(clock.monotonicMs()),
  });
  return { broker, addresses: fronts.map(({ address }) => address), failed: failure.promise, stop: () => started.stop() };
}

/** One listener of this broker. */
interface Front {
  readonly name: string;
  readonly front: FrontDoor;
  readonly address: Address;
}

/** Takes every port before anything that takes long, so that one in use is told at once. Connections wait. */
async function listen(configuration: Configuration, { clock, logger }: Runtime): Promise<Front[]> {
  const controllerNames = configuration.get("controller.listener.names");
  const endpoints = parseEndpoints(configuration.get("listeners"), "listeners").filter(({ name }) => !controllerNames.includes(name));
  const fronts: Front[] = [];
  try {
    for (const { name, host, port } of endpoints) {
      const front = new FrontDoor({ clock, logger, configuration });
      fronts.push({ name, front, address: await front.listen({ host, port }) });
    }
  } catch (error) {
    for (const { front } of fronts) await front.close();
    throw error;
  }
  return fronts;
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
function votersOf(configuration: Configuration): BrokerId[] {
  return configuration.get("controller.quorum.voters").map((voter) => {
    const [, id] = /^(\d+)@.+:\d+$/.exec(voter) ?? [];
    if (id === undefined)
      throw new MillraceError("CONFIGURATION_INVALID", {
        faults: [`controller.quorum.voters: must be id@host:port, not ${JSON.stringify(voter)}`],
      });
    return BrokerId(Number(id));
  });
}

interface Registrant {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  readonly directory: LogDirectory;
  readonly controller: Controller;
  readonly self: BrokerId;
  readonly fronts: readonly Front[];
}

async function register({ runtime, configuration, directory, controller, self, fronts }: Registrant): Promise<BrokerEpoch> {
  const { clusterId, directoryId } = directory.identity;
  const advertised = configuration.get("advertised.listeners");
  const listeners: Endpoint[] =
    advertised === undefined
      ? fronts.map(({ name, address }) => ({ name, ...address }))
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

async function openDoors(broker: Broker, fronts: readonly Front[], started: StopSequence): Promise<void> {
  const kafka = new KafkaDoor(broker);
  started.add("kafka door", () => kafka.close());
  const http = new HttpListener(new HttpDoor(broker, kafka), broker.logger);
  started.add("http door", () => http.close());
  for (const { front, name } of fronts) {
    const grpc = await createAcceptor(grpcMethods(broker, name), { logger: broker.logger, messageBytesMax: messageBytesMax(broker) });
    started.add("grpc door", () => grpc.close(graceMs));
    front.open({
      kafka: (connection) => kafka.accept(realSocket(connection), name),
      grpc: (connection) => grpc.accept(connection),
      http: (connection) => http.accept(connection),
    });
  }
}

/** A message of a stream holds at least one batch of the largest size, and what stands around it. */
function messageBytesMax({ configuration }: Broker): number {
  return Math.max(16 * MiB, configuration.get("message.max.bytes") + MiB);
}

/** A stop goes on without the controller. */
async function stopRegistration(controller: Controller, self: BrokerId, epoch: BrokerEpoch): Promise<void> {
  await controller.stopBroker(self, epoch).catch(() => {});
}
