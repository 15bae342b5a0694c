import { grpcPeers, type RpcOptions } from "@millrace/rpc";
import { realClock } from "@millrace/runtime/real/clock";
import { realRandom } from "@millrace/runtime/real/random";
import type { ClientWorld } from "./world.ts";

/** The world itself. */
export function realWorld(options: RpcOptions): ClientWorld {
  return { clock: realClock, random: realRandom, peers: grpcPeers(options), onStop, hold };
}

const stopSignals = ["SIGINT", "SIGTERM"] as const;

function onStop(callback: () => Promise<void>): () => void {
  const forget = () => {
    for (const signal of stopSignals) process.off(signal, stop);
  };
  const stop = (signal: NodeJS.Signals) => {
    forget();
    // Sent again once nobody here listens any more, the signal does what it does by itself, or what the application made of it.
    void callback().finally(() => process.kill(process.pid, signal));
  };
  for (const signal of stopSignals) process.on(signal, stop);
  return forget;
}

/** Any length would do: what counts is that something is to come. */
const holdMs = 0x7fff_ffff;

function hold(): () => void {
  const interval = setInterval(() => {}, holdMs);
  return () => clearInterval(interval);
}
