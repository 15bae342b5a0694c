import { KafkaDoor, type Broker } from "@millrace/broker";
import type { Listener, Socket } from "@millrace/runtime";
import type { TakeEntrance } from "../../src/entrance.ts";
import { clientEndpoints } from "../../src/front/front-entrance.ts";

/** Kafka's door alone, on the sockets of whatever world the broker is in: no server of another library listens there. */
export const kafkaDoorOnly: TakeEntrance = async ({ runtime, configuration }) => {
  const [{ name, ...address }] = clientEndpoints(configuration) as [ReturnType<typeof clientEndpoints>[number]];
  let accept = (socket: Socket): void => socket.destroy();
  const listener: Listener = await runtime.sockets.listen(address, (socket) => accept(socket));
  let door: KafkaDoor | undefined;
  return {
    listeners: [{ name, address: listener.address }],
    open: async (broker: Broker) => {
      door = new KafkaDoor(broker);
      accept = (socket) => door!.accept(socket, name);
    },
    close: async () => {
      door?.close();
      await listener.close();
    },
  };
};
