import type { Controller } from "@millrace/controller";
import { metadataLevelFeature, metadataLevelMax, metadataLevelMin } from "@millrace/metadata";
import type { Runtime } from "@millrace/runtime";
import type { LogDirectory } from "@millrace/storage";
import { BrokerEpoch, type Configuration, type Endpoint, parseEndpoints } from "@millrace/vocabulary";
import type { Entrance } from "./entrance.ts";
import type { OwnLife } from "./own-life.ts";

export interface Registrant {
  readonly runtime: Runtime;
  readonly configuration: Configuration;
  readonly directory: LogDirectory;
  readonly controller: Controller;
  readonly own: OwnLife;
  readonly entrance: Entrance;
  readonly onFailure: (error: Error) => void;
}

/** A broker's life in its cluster. */
export interface Registration {
  /** Rises when this life was fenced and has registered again. */
  readonly epoch: () => BrokerEpoch;
  /** Ends this life in order, where the controller can be told of it in time: its leaderships move away. Once. */
  readonly stop: () => Promise<void>;
}

/** Registers this life of the broker, and keeps note of it and of its epoch in the directory. Rejects as `Controller.registerBroker` does. */
export async function register(registrant: Registrant): Promise<Registration> {
  const { runtime, configuration, directory, controller, own, onFailure } = registrant;
  const { previousBrokerEpoch } = directory;
  await directory.beginRegistration(own.incarnation);
  let epoch = await controller.registerBroker({
    id: own.broker,
    incarnation: own.incarnation,
    directoryId: directory.identity.directoryId,
    clusterId: directory.identity.clusterId,
    host: runtime.host.name,
    rack: configuration.get("broker.rack"),
    listeners: listenersOf(registrant),
    features: new Map([[metadataLevelFeature, { min: metadataLevelMin, max: metadataLevelMax }]]),
    lastStop: directory.owesLoss ? "lossy" : directory.lastStop,
    previousEpoch: previousBrokerEpoch === undefined ? undefined : BrokerEpoch(previousBrokerEpoch),
    lives: directory.lives,
  });
  await directory.noteBrokerEpoch(epoch, own.incarnation);
  const forget = controller.watch(({ image }) => {
    const now = image.brokers.get(own.broker);
    if (now === undefined || now.incarnation !== own.incarnation || now.epoch === epoch) return;
    epoch = now.epoch;
    directory.noteBrokerEpoch(epoch, own.incarnation).catch(onFailure);
  });
  let stopping: Promise<void> | undefined;
  const stop = () => {
    forget();
    stopping ??= stopInTime(registrant, epoch);
    return stopping;
  };
  return { epoch: () => epoch, stop };
}

/** Where clients reach the broker; first the listener that other processes of the cluster use. */
function listenersOf({ configuration, entrance }: Registrant): Endpoint[] {
  const advertised = configuration.get("advertised.listeners");
  const listeners =
    advertised === undefined
      ? entrance.listeners.map(({ name, address }) => ({ name, ...address }))
      : parseEndpoints(advertised, "advertised.listeners");
  const first = configuration.get("inter.broker.listener.name")?.toUpperCase();
  return [...listeners.filter(({ name }) => name === first), ...listeners.filter(({ name }) => name !== first)];
}

/**
 * A stop goes on without the controller: at once where there can be none, and after the session time-out, since then it fences this life by
 * itself.
 */
async function stopInTime({ runtime, configuration, controller, own }: Registrant, epoch: BrokerEpoch): Promise<void> {
  if (!controller.mayLead) return;
  const timeoutMs = configuration.get("broker.session.timeout.ms");
  await new Promise<void>((resolve) => {
    const timer = runtime.clock.timer(timeoutMs, resolve);
    const stopped = () => {
      timer.cancel();
      resolve();
    };
    controller.stopBroker(own.broker, epoch).then(stopped, stopped);
  });
}
