import { connect } from "node:net";
import { apis, decodeResponse, frameLengthBytes, readCorrelationId } from "@millrace/protocol";
import { codeOfWire } from "@millrace/vocabulary";
import { type ExpectedAnswer, expectedAnswers } from "./expected-answers.ts";
import { parking } from "./requests.ts";

/** How a connection ended. `left`: it was waiting for others, as JoinGroup may, and was given up. */
export interface Outcome {
  readonly end: "closed" | "left" | "hung";
  readonly answers: number;
  /** What a broker must not do, in words. */
  readonly faults: readonly string[];
}

/** Whoever may wait for others is given up after so long. */
const parkedMs = 100;
/** Every other connection is over long before. */
const hungMs = 30_000;

/** Sends bytes in pieces over a connection of their own, says that no more comes, and judges what comes back until it closes. */
export async function exchange(bootstrap: string, pieces: readonly Buffer[]): Promise<Outcome> {
  const { answers: expected, certain } = expectedAnswers(Buffer.concat(pieces));
  const mayPark = expected.some(({ name }) => parking.has(name));
  const { bytes, isClosed } = await send(bootstrap, pieces, mayPark ? parkedMs : hungMs);
  const { answers, faults } = judge(bytes, expected);
  if (!isClosed)
    return mayPark ? { end: "left", answers, faults } : { end: "hung", answers, faults: [...faults, "neither answered nor closed"] };
  const missing = expected[answers];
  if (missing === undefined || answers >= certain) return { end: "closed", answers, faults };
  return { end: "closed", answers, faults: [...faults, `${missing.name} ${missing.version} was not answered`] };
}

function send(bootstrap: string, pieces: readonly Buffer[], patienceMs: number): Promise<{ bytes: Buffer; isClosed: boolean }> {
  const [host, port] = bootstrap.split(":");
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket = connect({ host: host!, port: Number(port), noDelay: true });
    const done = (isClosed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ bytes: Buffer.concat(received), isClosed });
    };
    // Where this process was held up, what has come meanwhile is looked at first.
    const timer = setTimeout(() => setImmediate(() => done(false)), patienceMs);
    socket.on("data", (chunk: Buffer) => received.push(chunk));
    socket.on("error", () => {}); // a reset is a close too
    socket.once("close", () => done(true));
    socket.once("connect", async () => {
      for (const piece of pieces) {
        socket.write(piece);
        if (pieces.length > 1) await new Promise((next) => setImmediate(next));
      }
      socket.end();
    });
  });
}

/** Cuts what came into answers, and holds each against what was asked. */
function judge(bytes: Buffer, expected: readonly ExpectedAnswer[]): { answers: number; faults: string[] } {
  const faults: string[] = [];
  let answers = 0;
  for (let at = 0; at < bytes.length; answers++) {
    const end = bytes.length - at < frameLengthBytes ? Infinity : at + frameLengthBytes + bytes.readInt32BE(at);
    if (end > bytes.length) return { answers, faults: [...faults, "an answer was cut short"] };
    const asked = expected[answers];
    if (asked === undefined) faults.push("an answer to nothing");
    else faults.push(...faultsOf(bytes.subarray(at + frameLengthBytes, end), asked));
    at = end;
  }
  return { answers, faults };
}

function faultsOf(frame: Buffer, { name, version, correlationId }: ExpectedAnswer): string[] {
  if (readCorrelationId(frame) !== correlationId) return [`${name} ${version} was answered out of order`];
  try {
    return faultsIn(decodeResponse<unknown>(apis[name] as never, version, frame)).map((fault) => `${name} ${version}: ${fault}`);
  } catch (error) {
    return [`${name} ${version} was answered with something else: ${String(error)}`];
  }
}

/** Errors that no request deserves: UNKNOWN_SERVER_ERROR, which stands for a bug, and numbers that are not Kafka's. */
function faultsIn(value: unknown, field = ""): string[] {
  if (field === "errorCode" && typeof value === "number" && value !== 0)
    return codeOfWire(value) === "UNKNOWN_SERVER_ERROR" ? [`error ${value}`] : [];
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => faultsIn(each, name));
}
