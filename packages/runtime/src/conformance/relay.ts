import type { Address, Socket, SocketReceiver, Sockets } from "../ports/sockets.ts";

/** Stands between two processes and passes bytes on, until it is told to break what passes through it. */
export interface Relay {
  /** Where to connect instead. */
  readonly address: Address;
  /** Breaks every connection that stands now. New ones are taken. */
  sever(): void;
  close(): Promise<void>;
}

/** Opens a relay to `target` at a free port of `at`'s host. */
export async function openRelay(sockets: Sockets, at: Address, target: Address): Promise<Relay> {
  const standing = new Set<Socket>();
  const sever = () => {
    for (const socket of standing) socket.destroy();
  };
  const listener = await sockets.listen(at, (near) => {
    standing.add(near);
    near.pause();
    const link = new Link(near, standing);
    near.receive(link);
    sockets.connect(target, { timeoutMs: 5_000 }).then(
      (far) => link.joinTo(far),
      () => near.destroy(),
    );
  });
  return {
    address: listener.address,
    sever,
    close: () => {
      sever();
      return listener.close();
    },
  };
}

/** One direction of a relayed connection: what its own socket receives goes to the other one. */
class Link implements SocketReceiver {
  readonly #own: Socket;
  readonly #standing: Set<Socket>;
  #other: Socket | undefined;
  #isOver = false;

  constructor(own: Socket, standing: Set<Socket>) {
    this.#own = own;
    this.#standing = standing;
  }

  /** The connection to the target stands: bytes may pass. */
  joinTo(far: Socket): void {
    if (this.#isOver) return far.destroy();
    this.#standing.add(far);
    const back = new Link(far, this.#standing);
    back.#other = this.#own;
    this.#other = far;
    far.receive(back);
    this.#own.resume();
  }

  data(chunk: Buffer): void {
    if (this.#other?.write([chunk]) === false) this.#own.pause();
  }

  ended(): void {
    this.#other?.end();
  }

  drained(): void {
    this.#other?.resume();
  }

  closed(): void {
    this.#isOver = true;
    this.#standing.delete(this.#own);
    this.#other?.destroy();
  }
}
