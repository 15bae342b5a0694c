/** The seams to the world: every port, and what is built on ports alone. */

export { MemoryAccount, MemoryBudget } from "./memory.ts";
export type { Pressure } from "./memory.ts";
export type { Clock, Timer } from "./ports/clock.ts";
export type { DirectoryClaim, Disk, DiskCounters, DiskEntry, DiskFile } from "./ports/disk.ts";
export type { Host, LoopDelay } from "./ports/host.ts";
export type { Kv, KvChange, KvEntry, KvRange, KvStores } from "./ports/kv.ts";
export type { LogFields, Logger } from "./ports/logger.ts";
export type {
  CallOptions,
  Encoded,
  PeerCall,
  PeerChannel,
  PeerCloseReason,
  PeerListener,
  PeerMethod,
  Peers,
  PeerStream,
  PeerStreamReceiver,
} from "./ports/peers.ts";
export type { Random, RandomStream } from "./ports/random.ts";
export type { Address, Listener, Socket, SocketReceiver, Sockets } from "./ports/sockets.ts";
export type { Task, Work } from "./ports/work.ts";
export type { Runtime } from "./runtime.ts";
