/** The best of many turns, in nanoseconds per call: the machine's other work only ever adds to it. */
export function bestNs(act: () => void, callsPerTurn: number, turns = 60): number {
  let best = Infinity;
  for (let turn = 0; turn < turns; turn++) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < callsPerTurn; call++) act();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / callsPerTurn);
  }
  return best;
}
