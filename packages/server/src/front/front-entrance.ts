import { type Broker, grpcMethods, HttpDoor, KafkaDoor } from "@millrace/broker";
import { whoAnswer } from "@millrace/controller";
import { createAcceptor } from "@millrace/rpc";
import type { Address } from "@millrace/runtime";
import { realSocket } from "@millrace/runtime/real";
import { type Configuration, type Endpoint, MiB, parseEndpoints } from "@millrace/vocabulary";
import type { Entrance, NamedListener, TakeEntrance } from "../entrance.ts";
import { StopSequence } from "../stop-sequence.ts";
import { FrontDoor, type FrontDoorOptions } from "./front-door.ts";
import { HttpListener } from "./http-listener.ts";

/** Calls that are under way when the broker stops have so long to end. */
const graceMs = 500;

/** All three doors on every listener of a broker. */
export const frontEntrance: TakeEntrance = async ({ runtime: { clock, logger }, configuration, own }) => {
  const entrance = new FrontEntrance({ clock, logger, configuration, who: whoAnswer(own) });
  try {
    for (const endpoint of clientEndpoints(configuration)) await entrance.listen(endpoint);
    return entrance;
  } catch (error) {
    await entrance.close();
    throw error;
  }
};

/** The listeners that clients may use; those of controllers serve controllers alone. */
export function clientEndpoints(configuration: Configuration): Endpoint[] {
  const controllerNames = configuration.get("controller.listener.names");
  return parseEndpoints(configuration.get("listeners"), "listeners").filter(({ name }) => !controllerNames.includes(name));
}

/** The listener on which brokers reach each other. */
export function interBrokerListener(configuration: Configuration): string | undefined {
  return configuration.get("inter.broker.listener.name")?.toUpperCase() ?? clientEndpoints(configuration)[0]?.name;
}

class FrontEntrance implements Entrance {
  readonly #options: FrontDoorOptions;
  readonly #fronts: (NamedListener & { readonly front: FrontDoor })[] = [];
  readonly #opened = new StopSequence();

  constructor(options: FrontDoorOptions) {
    this.#options = options;
  }

  get listeners(): readonly NamedListener[] {
    return this.#fronts;
  }

  async listen({ name, ...address }: Address & { readonly name: string }): Promise<void> {
    const front = new FrontDoor(this.#options);
    this.#fronts.push({ name, front, address: await front.listen(address) });
  }

  async open(broker: Broker): Promise<void> {
    const kafka = new KafkaDoor(broker);
    this.#opened.add("kafka door", () => kafka.close());
    const http = new HttpListener(new HttpDoor(broker, kafka), broker.logger);
    this.#opened.add("http door", () => http.close());
    for (const { front, name } of this.#fronts) {
      const methods = [
        ...grpcMethods(broker, name),
        ...(name === interBrokerListener(broker.configuration) ? broker.replicas.methods : []),
      ];
      const grpc = await createAcceptor(methods, { logger: broker.logger, messageBytesMax: messageBytesMax(broker) });
      this.#opened.add("grpc door", () => grpc.close(graceMs));
      front.open({
        kafka: (connection) => kafka.accept(realSocket(connection), name),
        grpc: (connection) => grpc.accept(connection),
        http: (connection) => http.accept(connection),
      });
    }
  }

  async close(): Promise<void> {
    await this.#opened.stop();
    for (const { front } of this.#fronts.splice(0)) await front.close();
  }
}

/** A message of a stream holds at least one batch of the largest size, and what stands around it. */
function messageBytesMax({ configuration }: Broker): number {
  return Math.max(16 * MiB, configuration.get("message.max.bytes") + MiB);
}
