import type { QuorumStage } from "./stage.ts";
import type { QuorumLife, QuorumNode } from "./quorum-node.ts";

/** The answer did not come: what was asked for may be done or not, now or later. */
export class Unanswered extends Error {}

/** Asks a node as somebody inside of its process would, in an event of that process; rejects with Unanswered after a while. */
export function ask<Answer>(
  { run }: Pick<QuorumStage, "run">,
  { life, name }: QuorumNode,
  act: (life: QuorumLife) => Promise<Answer>,
  timeoutMs: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (life === undefined) return reject(new Unanswered(`${name} is not there`));
    const giveUp = run.later(timeoutMs, () => reject(new Unanswered(`${name} did not answer`)));
    const over = (settle: () => void) => {
      giveUp.cancel();
      settle();
    };
    const begin = async () => act(life);
    life.runtime.clock.timer(0, () => {
      begin().then(
        (answer) => over(() => resolve(answer)),
        (error: Error) => over(() => reject(error)),
      );
    });
  });
}
