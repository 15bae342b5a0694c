/**
 * How many turns are asked for at once. Node runs them one after the other and empties the microtask queue after each, and
 * only then looks at the real world again: 64 at a time give four times the events of one at a time.
 */
const turnsAtOnce = 64;

/**
 * Calls `step` again and again, each time in a turn of the real loop of its own, until it returns false. So everything that
 * a step set in motion has come to rest before the next: a chain of promises of any length, and process.nextTick too. No
 * number of awaits could promise that. It is deterministic as long as nothing real is awaited.
 *
 * Rejects with what a step throws.
 */
export function inTurns(step: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    let left = 0;
    const askForTurns = () => {
      left = turnsAtOnce;
      for (let turn = 0; turn < turnsAtOnce; turn++) setImmediate(takeTurn);
    };
    const takeTurn = () => {
      left--;
      if (isOver) return;
      try {
        isOver = !step();
      } catch (error) {
        isOver = true;
        reject(error as Error);
        return;
      }
      if (isOver) resolve();
      else if (left === 0) askForTurns();
    };
    askForTurns();
  });
}
