import { Chance } from "@millrace/runtime/simulated";
import type { Clock, Logger, Random } from "@millrace/runtime";
import { BrokerId, type Uuid, uuidFromBytes } from "@millrace/vocabulary";

export const clusterId = "Y2x1c3Rlci1jbHVzdGVyLQ" as Uuid;
export const self = { nodeId: BrokerId(1), directoryId: "ZGlyZWN0b3J5LWRpcmVjdA" as Uuid };
export const voters = [{ ...self, listeners: [{ name: "CONTROLLER", host: "127.0.0.1", port: 9192 }] }];

/** A clock whose turns are those of the event loop, and whose time stands still. */
export const clock: Clock = {
  monotonicMs: () => 0,
  wallMs: () => 0,
  timer: () => ({ cancel() {} }),
  afterTurn: (callback) => void setImmediate(callback),
};

export const silent: Logger = { error() {}, warn() {}, info() {}, debug() {}, with: () => silent };

/** A logger for a test in which nothing may go wrong unseen. */
export const strict: Logger = {
  ...silent,
  error(phrase, fields) {
    throw new Error(`${phrase} ${JSON.stringify(fields)}`);
  },
};

/** Chance that follows from a seed. */
export function chance(seed: number): Random {
  return { stream: (name) => new Chance(seed, name) };
}

/** A UUID for each number. */
export function uuid(number: number): Uuid {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(number, 12);
  return uuidFromBytes(bytes);
}

/** Lets everything happen that can, without time going by. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
