import { connect } from "node:net";

/** Kafka's number of the request that every broker answers, to anybody, in version 0. */
const apiVersionsKey = 18;
const correlationId = 0x4d49_4c4c;
/** A longer answer is none to this request: it has six bytes for each of a few dozen APIs. */
const answerBytesMax = 64 * 1024;

/** Asks a broker by Kafka's protocol which requests it knows, and resolves to how many. Rejects with why it could not be asked. */
export function askApiVersions({ host, port }: { host: string; port: number }, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const timer = setTimeout(() => fail("it does not answer"), timeoutMs);
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
    };
    const fail = (reason: string) => {
      end();
      reject(new Error(reason));
    };
    let received: Buffer = Buffer.alloc(0);
    socket.once("connect", () => socket.write(apiVersionsRequest()));
    socket.on("error", ({ message }) => fail(message));
    socket.once("close", () => fail("it closes the connection: another program may listen there"));
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const answer = readAnswer(received);
      if (answer === "incomplete") return;
      if (answer === "foreign") return fail("what answers there does not speak Kafka's protocol");
      end();
      resolve(answer);
    });
  });
}

/** A frame: its length, then key, version, correlation id and client id. */
function apiVersionsRequest(): Buffer {
  const clientId = Buffer.from("millrace-doctor");
  const frame = Buffer.alloc(14 + clientId.length);
  frame.writeInt32BE(10 + clientId.length, 0);
  frame.writeInt16BE(apiVersionsKey, 4);
  frame.writeInt16BE(0, 6);
  frame.writeInt32BE(correlationId, 8);
  frame.writeInt16BE(clientId.length, 12);
  clientId.copy(frame, 14);
  return frame;
}

/** How many APIs a frame names: correlation id, error code, count, and key, first and last version of each. */
function readAnswer(bytes: Buffer): number | "incomplete" | "foreign" {
  if (bytes.length < 14) return "incomplete";
  const frameBytes = bytes.readInt32BE(0);
  if (frameBytes < 10 || frameBytes > answerBytesMax || bytes.readInt32BE(4) !== correlationId) return "foreign";
  if (bytes.length < 4 + frameBytes) return "incomplete";
  return bytes.readInt16BE(8) === 0 ? bytes.readInt32BE(10) : "foreign";
}
