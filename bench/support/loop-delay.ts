/**
 * How late the event loops were since the last look: 99.9 of 100 turns of the worst broker's came within so many milliseconds. NaN of
 * brokers that show no such thing.
 *
 * @param metrics where each broker shows its metrics
 */
export async function takeLoopDelayP999Ms(metrics: readonly string[]): Promise<number> {
  const delays = await Promise.all(metrics.map(loopDelayP999Ms));
  return delays.length === 0 ? NaN : Math.max(...delays);
}

async function loopDelayP999Ms(metrics: string): Promise<number> {
  const text = await (await fetch(metrics)).text();
  return Number(/^millrace_loop_delay_milliseconds\{quantile="0.999"\} (.*)$/m.exec(text)?.[1]);
}
