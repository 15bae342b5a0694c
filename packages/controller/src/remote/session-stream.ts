import { decodeMessage, type Draft, encodeMessage } from "@millrace/contracts";
import { FromBroker, FromController, type Registered, Session } from "@millrace/contracts/session";
import type { PeerChannel, PeerStream } from "@millrace/runtime";
import { type ErrorCode, type Facts, MillraceError, type Offset } from "@millrace/vocabulary";
import type { BrokerRegistration } from "../controller.ts";
import { registrationDraft } from "../wire/registration.ts";

/** Who is told what comes over a session's stream. */
export interface SessionReceiver {
  registered(registered: Registered): void;
  answered(heartbeat: number): void;
  /** A piece of the metadata, in order. */
  metadata(message: FromController): void;
  /** The stream is over. The last event; not after `close`. */
  broken(code: ErrorCode, facts: Facts): void;
}

/** One stream to a controller, at the broker's end: it begins with a registration. */
export class SessionStream {
  readonly #stream: PeerStream;
  #receiver: SessionReceiver | undefined;

  /** @param has the last record that this broker has */
  constructor(channel: PeerChannel, { registration, has }: { registration: BrokerRegistration; has: Offset }, receiver: SessionReceiver) {
    this.#receiver = receiver;
    this.#stream = channel.stream(Session.open.path);
    this.#stream.receive({
      message: (bytes) => this.#take(bytes),
      ended: () => this.#over("CLOSED", {}),
      drained: () => {},
      closed: (reason) => this.#over(reason?.code ?? "CLOSED", reason?.facts ?? {}),
    });
    this.#send({ registration: registrationDraft(registration, has) });
  }

  heartbeat(number: number, has: Offset): void {
    this.#send({ heartbeat: { number, metadataOffset: has } });
  }

  /** Takes nothing more for a while. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  close(): void {
    this.#receiver = undefined;
    this.#stream.reset(new MillraceError("CLOSED"));
  }

  #take(bytes: Buffer): void {
    try {
      this.#tell(decodeMessage(FromController, bytes));
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      this.#over(error.code, error.facts);
      this.close();
    }
  }

  #tell(message: FromController): void {
    const { registered, heard } = message;
    if (registered !== null) this.#receiver?.registered(registered);
    else if (heard !== null) this.#receiver?.answered(heard.number);
    else this.#receiver?.metadata(message);
  }

  #send(message: Draft<FromBroker>): void {
    this.#stream.send([encodeMessage(FromBroker, message)]);
  }

  #over(code: ErrorCode, facts: Facts): void {
    const receiver = this.#receiver;
    this.#receiver = undefined;
    receiver?.broken(code, facts);
  }
}
