import type { BrokerImage } from "@millrace/metadata";
import type { Clock, Socket, Sockets } from "@millrace/runtime";
import { BrokerId, isUuid, MillraceError } from "@millrace/vocabulary";
import type { Answer, LifeName } from "./lives.ts";

/*
 * Who is there? One line each way on a broker's public port, and the connection ends. It is asked before anybody is authenticated and
 * tells what the metadata tells every client, but for the incarnation, which is random and good for nothing else.
 */

/** The question, which no other protocol of that port begins with. */
export const whoQuestion: Buffer = Buffer.from("MILLRACE WHO\n", "latin1");

/** Connecting and answering may take so long each: a fraction of the session time-out, and many round trips. */
const askTimeoutMs = 1_000;

/** A longer answer is none. */
const answerBytesMax = 64;

/** What a broker answers. */
export function whoAnswer({ broker, incarnation }: Pick<LifeName, "broker" | "incarnation">): Buffer {
  return Buffer.from(`MILLRACE ${broker} ${incarnation}\n`, "latin1");
}

/** Asks at the first listener that a broker registered: the one that other processes of the cluster use. */
export async function askWho(
  { sockets, clock }: { readonly sockets: Sockets; readonly clock: Clock },
  { listeners: [listener] }: Pick<BrokerImage, "listeners">,
): Promise<Answer> {
  // Every address of a machine is no address: here it would be this machine's.
  if (listener === undefined || isEveryAddress(listener.host)) return "none";
  try {
    return await answerOn(await sockets.connect(listener, { timeoutMs: askTimeoutMs }), clock);
  } catch (error) {
    return error instanceof MillraceError && error.facts["errno"] === "ECONNREFUSED" ? "refused" : "none";
  }
}

function isEveryAddress(host: string): boolean {
  return host === "" || host === "0.0.0.0" || host === "::";
}

/** A connection that ends without an answer was taken by somebody: that is not to be refused. */
function answerOn(socket: Socket, clock: Clock): Promise<Answer> {
  return new Promise((resolve) => {
    let text = "";
    const settle = () => {
      timer.cancel();
      resolve(parse(text));
      socket.destroy();
    };
    const timer = clock.timer(askTimeoutMs, settle);
    socket.receive({
      data: (chunk) => {
        text += chunk.toString("latin1");
        if (text.includes("\n") || text.length > answerBytesMax) settle();
      },
      ended: settle,
      drained: () => {},
      closed: settle,
    });
    socket.write([whoQuestion]);
  });
}

function parse(text: string): Answer {
  const [, broker, incarnation] = /^MILLRACE (\d{1,10}) (\S{22})\n/.exec(text) ?? [];
  return incarnation === undefined || !isUuid(incarnation) ? "none" : { broker: BrokerId(Number(broker)), incarnation };
}
