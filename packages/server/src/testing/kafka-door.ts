import { KafkaDoor, type Broker } from "@millrace/broker";
import { whoAnswer } from "@millrace/controller";
import type { Address, Listener, PeerListener, Socket, SocketReceiver } from "@millrace/runtime";
import type { TakeEntrance } from "../entrance.ts";
import { clientEndpoints } from "../front/front-entrance.ts";

/** Kafka's door, and other brokers beside it, in whatever world the broker is: no server of another library listens there. */
export const kafkaDoorOnly: TakeEntrance = async ({ runtime, configuration, own }) => {
  const [{ name, ...address }] = clientEndpoints(configuration) as [ReturnType<typeof clientEndpoints>[number]];
  let accept = (socket: Socket): void => socket.destroy();
  const who = whoAnswer(own);
  const listener: Listener = await runtime.sockets.listen(address, (socket) => look(socket, who, (seen) => accept(seen)));
  let door: KafkaDoor | undefined;
  let brokers: PeerListener | undefined;
  return {
    listeners: [{ name, address: listener.address }],
    open: async (broker: Broker) => {
      door = new KafkaDoor(broker);
      accept = (socket) => door!.accept(socket, name);
      brokers = await runtime.peers.serve(listener.address, broker.replicas.methods);
    },
    close: async () => {
      door?.close();
      await brokers?.close(0);
      await listener.close();
    },
  };
};

/** The first byte of the question who is there. No frame begins with it. */
const whoFirstByte = 0x4d;

/** Answers who is there, and hands every other connection on, with what it has said so far. */
function look(socket: Socket, who: Uint8Array, handOn: (socket: Socket) => void): void {
  const seen = new SeenSocket(socket);
  let isHandedOn = false;
  let isAnswered = false;
  socket.receive({
    data: (chunk) => {
      // The question may come in pieces.
      if (isAnswered) return;
      if (!isHandedOn && chunk[0] === whoFirstByte) {
        isAnswered = true;
        socket.write([who]);
        return socket.end();
      }
      if (!isHandedOn) handOn(seen);
      isHandedOn = true;
      seen.receiver?.data(chunk);
    },
    ended: () => (isHandedOn ? seen.receiver?.ended() : socket.end()),
    drained: () => seen.receiver?.drained(),
    closed: (error) => seen.receiver?.closed(error),
  });
}

/** A connection of which somebody has read the beginning. */
class SeenSocket implements Socket {
  readonly #socket: Socket;
  receiver: SocketReceiver | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get local(): Address {
    return this.#socket.local;
  }

  get remote(): Address {
    return this.#socket.remote;
  }

  get unsentBytes(): number {
    return this.#socket.unsentBytes;
  }

  receive(receiver: SocketReceiver): void {
    this.receiver = receiver;
  }

  write(chunks: readonly Uint8Array[]): boolean {
    return this.#socket.write(chunks);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}
