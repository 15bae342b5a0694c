import type { Peers } from "../ports/peers.ts";
import type { Runtime } from "../runtime.ts";
import { realClock } from "./clock.ts";
import { RealDisk } from "./disk.ts";
import { realHost } from "./host.ts";
import { RealKvStores } from "./kv.ts";
import { type LogOptions, realLogger } from "./logger.ts";
import { realRandom } from "./random.ts";
import { realSockets } from "./sockets.ts";
import { RealWork, type WorkOptions } from "./work.ts";

export interface RealRuntimeOptions {
  /** Built on gRPC, above this package, and so handed in. */
  readonly peers: Peers;
  readonly log: LogOptions;
  readonly work: WorkOptions;
}

/** The world itself. Starts nothing but the sampling of the loop's delay; threads start when they are first needed. */
export function realRuntime({ peers, log, work }: RealRuntimeOptions): Runtime {
  return {
    clock: realClock,
    random: realRandom,
    disk: new RealDisk(),
    kv: new RealKvStores(),
    sockets: realSockets,
    peers,
    work: new RealWork(work),
    host: realHost(),
    logger: realLogger(log),
  };
}
