import { Broker, followGroupShards, type Guards } from "@millrace/broker";
import type { Controller, HostingController } from "@millrace/controller";
import { groupCoordinator } from "@millrace/coordinator";
import { Replicas } from "@millrace/replication";
import { type Address, MemoryBudget, type Runtime } from "@millrace/runtime";
import { permissiveAuthorizer, unlimitedQuotas } from "@millrace/security";
import { openLogDirectory } from "@millrace/storage";
import { BrokerEpoch, type Configuration } from "@millrace/vocabulary";
import type { Entrance, TakeEntrance } from "./entrance.ts";
import { followController } from "./follow-controller.ts";
import { followConfiguration, followDeletedTopics } from "./followers.ts";
import { logDirectory } from "./format-broker.ts";
import { frontEntrance } from "./front/front-entrance.ts";
import { type HostedParts, hostController } from "./host-controller.ts";
import { namedControllers } from "./named-controllers.ts";
import { beginLife, type OwnLife } from "./own-life.ts";
import { register, type Registration } from "./registration.ts";
import { rolesOf } from "./roles.ts";
import { StopSequence } from "./stop-sequence.ts";

export interface BrokerOptions {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  /** Of Millrace, for metrics. */
  readonly version: string;
  /** Of the file that keeps room on the disk; as `openLogDirectory` has it, unless a small disk wants less. */
  readonly reserveBytes?: number;
  /** Where clients come in; all three doors on every listener, unless a test has other ones. */
  readonly entrance?: TakeEntrance;
  /** Who may do what, and how much of it; everybody everything, as long as no setting says otherwise. */
  readonly guards?: Guards;
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
  const own = beginLife(runtime, configuration);
  const self = own.broker;
  const failure = Promise.withResolvers<Error>();
  const memory = new MemoryBudget(() => configuration.get("millrace.memory.max.bytes"));
  started.add("workers", () => runtime.work.close());

  const directory = await openLogDirectory({
    runtime,
    path: logDirectory(configuration),
    configuration,
    memory,
    onFailure: failure.resolve,
    ...(options.reserveBytes !== undefined && { reserveBytes: options.reserveBytes }),
  });
  started.add("log directory", () => directory.close());
  // Ports come before anything that takes long, so that one in use is told at once. Connections wait.
  const entrance = await takeEntrance({ runtime, configuration, own });
  started.add("ports", () => entrance.close());

  const { controller, hosted } = await controllersOf({ runtime, configuration, directory, own, onFailure: failure.resolve }, started);
  let registration: Registration | undefined;
  const epoch = () => registration?.epoch() ?? BrokerEpoch(-1);
  const { clusterId } = directory.identity;
  const replicas = new Replicas({
    self,
    clusterId,
    epoch,
    clock,
    logger,
    peers: runtime.peers,
    memory,
    directory,
    configuration,
    alterPartitions: (proposals) => controller.alterPartitions(self, epoch(), proposals),
  });
  started.add("replicas", () => replicas.close());
  await replicas.recover();
  const registered = await register({ runtime, configuration, directory, controller, own, entrance, onFailure: failure.resolve });
  registration = registered;
  started.add("registration", registered.stop);
  started.addNow(followConfiguration(controller, configuration, self));

  const groups = groupCoordinator({ runtime, configuration, surroundings: surroundingsOf(controller) });
  replicas.observe(followGroupShards(groups));
  replicas.begin(controller.image);
  started.addNow(controller.watch((delta) => replicas.apply(delta)));
  started.addNow(controller.watchLapses(() => replicas.lapse()));
  started.addNow(followDeletedTopics(controller, groups));
  started.add("groups", () => groups.close());
  await replicas.settled();

  const broker = new Broker({
    runtime,
    configuration,
    self,
    epoch,
    clusterId,
    controller,
    hosted,
    replicas,
    groups,
    directory,
    memory,
    version,
    ...guards,
  });
  started.add("doors", () => entrance.close());
  await entrance.open(broker);
  // Leaderships move to others while this broker still answers, and still replicates.
  started.add("leaderships", registered.stop);
  logger.info("broker serves", {
    broker: self,
    epoch: epoch(),
    lastStop: directory.lastStop,
    addresses: addressesOf(entrance),
    tookMs: Math.round(clock.monotonicMs()),
  });
  return { broker, addresses: addressesOf(entrance), failed: failure.promise, stop: () => started.stop() };
}

function addressesOf({ listeners }: Entrance): Address[] {
  return listeners.map(({ address }) => address);
}

interface Controllers {
  /** The one in this process, where it is the only one; otherwise the one that leads, wherever that is. */
  readonly controller: Controller;
  readonly hosted: HostingController | undefined;
}

async function controllersOf(parts: HostedParts & { readonly own: OwnLife }, started: StopSequence): Promise<Controllers> {
  const { isController } = rolesOf(parts.configuration);
  if (!isController) return { controller: await followController(parts, started), hosted: undefined };
  const isAlone = !namedControllers(parts.configuration).hasOthers;
  const { controller: hosted } = await hostController({ ...parts, own: isAlone ? parts.own : undefined }, started);
  return { controller: isAlone ? hosted : await followController(parts, started), hosted };
}

function surroundingsOf(controller: Controller) {
  return {
    hasPartition: (topic: string, partition: number) => controller.image.topics.byName(topic)?.partitions[partition] !== undefined,
    partitionCount: (topic: string) => controller.image.topics.byName(topic)?.partitions.length,
    topicId: (topic: string) => controller.image.topics.byName(topic)?.id,
  };
}
