import type { Peer } from "./peer.ts";

/**
 * How late the broker's event loop was since the last look: 99.9 of 100 turns came within so many milliseconds. NaN of a broker that
 * shows no such thing.
 */
export async function takeLoopDelayP999Ms({ metrics }: Peer): Promise<number> {
  if (metrics === undefined) return NaN;
  const text = await (await fetch(metrics)).text();
  return Number(/^millrace_loop_delay_milliseconds\{quantile="0.999"\} (.*)$/m.exec(text)?.[1]);
}
