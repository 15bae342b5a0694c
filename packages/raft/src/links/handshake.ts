import type { Clock, PeerCloseReason, PeerStream } from "@millrace/runtime";
import { MillraceError, secondMs, type Uuid } from "@millrace/vocabulary";
import { isSameVoter, type VoterId } from "../voters.ts";
import { encodeHello, type Identity, readHello } from "./hello.ts";

/** A node that takes a connection and says nothing is given up after so long. */
const helloTimeoutMs = 2 * secondMs;

/** Who is at the other end of a stream that both sides have agreed to. */
export interface Met {
  readonly stream: PeerStream;
  readonly voter: VoterId;
  readonly incarnation: Uuid;
}

/** What becomes of a stream: it is met once or never, then brings messages, and closes. */
export interface HandshakeReceiver {
  met(met: Met): void;
  message(stream: PeerStream, message: Buffer): void;
  closed(stream: PeerStream, reason: PeerCloseReason | undefined): void;
}

/** Says hello on a stream that this node opened, to whom it expects there. */
export function sayHello(stream: PeerStream, own: Identity, expected: VoterId, clock: Clock, receiver: HandshakeReceiver): void {
  stream.send([encodeHello(own, expected)]);
  takeHello(stream, own, clock, receiver, (met) => {
    if (!isSameVoter(met.voter, expected)) throw new MillraceError("INVALID_VOTER_KEY", { expected, given: met.voter });
  });
}

/** Answers the hello of whoever opened the stream. */
export function answerHello(stream: PeerStream, own: Identity, clock: Clock, receiver: HandshakeReceiver): void {
  takeHello(stream, own, clock, receiver, ({ voter }) => void stream.send([encodeHello(own, voter)]));
}

/** Takes the first message as a hello; a stream that cannot be agreed to is dropped with what is wrong with it. */
function takeHello(stream: PeerStream, own: Identity, clock: Clock, receiver: HandshakeReceiver, agree: (met: Met) => void): void {
  let isMet = false;
  const timer = clock.timer(helloTimeoutMs, () => stream.reset(new MillraceError("REQUEST_TIMED_OUT", { timeoutMs: helloTimeoutMs })));
  const meet = (bytes: Buffer) => {
    timer.cancel();
    try {
      const met = { stream, ...readHello(bytes, own) };
      agree(met);
      isMet = true;
      receiver.met(met);
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      stream.reset(error);
      receiver.closed(stream, error);
    }
  };
  stream.receive({
    message: (message) => (isMet ? receiver.message(stream, message) : meet(message)),
    ended: () => stream.end(),
    drained: () => {},
    closed: (reason) => {
      timer.cancel();
      receiver.closed(stream, reason);
    },
  });
}
