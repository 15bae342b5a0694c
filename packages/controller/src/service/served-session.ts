import { decodeMessage, type Draft, encodeMessage } from "@millrace/contracts";
import { FromBroker, FromController, type Heartbeat, type Registration } from "@millrace/contracts/session";
import type { Clock, PeerStream, Timer } from "@millrace/runtime";
import { type BrokerId, MillraceError, Offset, secondMs } from "@millrace/vocabulary";
import { refusalBy } from "../lead.ts";
import { registrationOf } from "../wire/registration.ts";
import type { HostingController } from "./hosting-controller.ts";
import { MetadataFeed } from "./metadata-feed.ts";

/** A stream that has not asked for anything by then is closed. */
const firstMessageTimeoutMs: number = 10 * secondMs;

/** One broker's stream, at the controller's end. */
export class ServedSession {
  readonly #controller: HostingController;
  readonly #clock: Clock;
  readonly #stream: PeerStream;
  readonly #number: number;
  readonly #silence: Timer;
  #broker: BrokerId | undefined;
  #isRegistering = false;
  #feed: MetadataFeed | undefined;
  #isClosed = false;

  constructor(controller: HostingController, clock: Clock, stream: PeerStream) {
    this.#controller = controller;
    this.#clock = clock;
    this.#stream = stream;
    this.#number = controller.sessions.opened(() =>
      this.#end(controller.leads ? new MillraceError("STALE_BROKER_EPOCH") : refusalBy(controller.leadNews.elected)),
    );
    this.#silence = clock.timer(firstMessageTimeoutMs, () => this.#end(new MillraceError("REQUEST_TIMED_OUT", { firstMessageTimeoutMs })));
    stream.receive({
      message: (bytes) => this.#take(bytes),
      ended: () => stream.end(),
      drained: () => this.#feed?.drained(),
      closed: () => this.#closed(),
    });
  }

  #take(bytes: Buffer): void {
    try {
      const { registration, heartbeat } = decodeMessage(FromBroker, bytes);
      if (registration !== null) this.#register(registration);
      else if (heartbeat !== null) this.#heard(heartbeat);
    } catch (error) {
      this.#end(asMillraceError(error));
    }
  }

  #register(message: Registration): void {
    if (this.#broker !== undefined) throw new MillraceError("INVALID_REQUEST", { reason: "a stream registers one broker, once" });
    if (!this.#controller.leads) throw refusalBy(this.#controller.leadNews.elected);
    const { offset } = this.#controller.image;
    if (message.metadataOffset > offset) throw new MillraceError("STALE_CONTROLLER_EPOCH", { has: message.metadataOffset, offset });
    const registration = registrationOf(message);
    this.#silence.cancel();
    this.#broker = registration.id;
    this.#isRegistering = true;
    this.#controller
      .registerOn(this.#number, registration)
      .then((epoch) => this.#registered(epoch, Offset(message.metadataOffset)))
      .catch((error: unknown) => this.#end(asMillraceError(error)));
  }

  #registered(epoch: number, has: Offset): void {
    if (this.#isClosed) return;
    const { image, tail, nodeId } = this.#controller;
    this.#isRegistering = false;
    this.#send({ registered: { epoch, metadataOffset: image.offset, controllerId: nodeId } });
    this.#feed = new MetadataFeed({ stream: this.#stream, clock: this.#clock, tail, image: () => this.#controller.image }, has);
  }

  /** A heartbeat of a life that is over is not answered, so that its broker does not go on. */
  #heard({ number }: Heartbeat): void {
    if (this.#broker === undefined) throw new MillraceError("INVALID_REQUEST", { reason: "a stream begins with a registration" });
    const isLive = this.#controller.sessions.heard(this.#broker, this.#number);
    if (isLive || this.#isRegistering) this.#send({ heard: { number } });
  }

  #send(message: Draft<FromController>): void {
    this.#stream.send([encodeMessage(FromController, message)]);
  }

  #end(error: MillraceError): void {
    this.#stream.reset(error);
    this.#closed();
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#silence.cancel();
    this.#feed?.close();
    if (this.#broker !== undefined) this.#controller.sessions.broken(this.#broker, this.#number);
    else this.#controller.sessions.forget(this.#number);
  }
}

/** What only a bug can do is for the process to end on. */
function asMillraceError(error: unknown): MillraceError {
  if (error instanceof MillraceError) return error;
  throw error;
}
