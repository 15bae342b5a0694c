import { type Broker, KafkaDoor } from "@millrace/broker";
import type { PeerListener, Socket } from "@millrace/runtime";
import type { BrokerOptions } from "@millrace/server";
import { parseEndpoints } from "@millrace/vocabulary";

/** The way in without the doors of other libraries: Kafka's protocol, and other brokers beside it, in the simulated world. */
export const kafkaDoor: NonNullable<BrokerOptions["entrance"]> = async ({ runtime, configuration }) => {
  const [{ name, ...address }] = parseEndpoints(configuration.get("listeners"), "listeners") as [
    { name: string; host: string; port: number },
  ];
  let accept = (socket: Socket): void => socket.destroy();
  let door: KafkaDoor | undefined;
  let brokers: PeerListener | undefined;
  const listener = await runtime.sockets.listen(address, (socket) => accept(socket));
  return {
    listeners: [{ name, address: listener.address }],
    open: async (broker: Broker) => {
      const opened = new KafkaDoor(broker);
      door = opened;
      accept = (socket) => opened.accept(socket, name);
      brokers = await runtime.peers.serve(listener.address, broker.replicas.methods);
    },
    close: async () => {
      door?.close();
      await brokers?.close(0);
      await listener.close();
    },
  };
};
