import type { Clock } from "./ports/clock.ts";
import type { Disk } from "./ports/disk.ts";
import type { Host } from "./ports/host.ts";
import type { KvStores } from "./ports/kv.ts";
import type { Logger } from "./ports/logger.ts";
import type { Peers } from "./ports/peers.ts";
import type { Random } from "./ports/random.ts";
import type { Sockets } from "./ports/sockets.ts";
import type { Work } from "./ports/work.ts";

/**
 * The world as one process sees it. Everything below `server` reaches the world through these ports alone, so that each
 * may be replaced: all of them by a seed, or one of them in a test that keeps the others real.
 */
export interface Runtime {
  readonly clock: Clock;
  readonly random: Random;
  readonly disk: Disk;
  readonly kv: KvStores;
  readonly sockets: Sockets;
  readonly peers: Peers;
  readonly work: Work;
  readonly host: Host;
  readonly logger: Logger;
}
