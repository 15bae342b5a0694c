import { MillraceError, type Offset } from "@millrace/vocabulary";
import type { LogState } from "./log-state.ts";

/** How often something that reads segments begins anew before what disturbs it counts as an error. */
const attemptsMax = 8;

/** Does something that reads segments; again where the log was cut meanwhile, or a segment that it was in has gone. */
export async function steadily<Result>(state: LogState, read: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const { generation } = state;
    const { revision } = state.segments;
    try {
      const result = await read();
      if (generation === state.generation) return result;
    } catch (error) {
      const isDisturbed = generation !== state.generation || revision !== state.segments.revision;
      if (!isDisturbed || attempt >= attemptsMax) throw error;
    }
  }
}

export function outOfRange({ name, logStart, logEnd }: LogState, offset: Offset, upTo?: Offset): MillraceError {
  return new MillraceError("OFFSET_OUT_OF_RANGE", { log: name, offset, logStart, logEnd, ...(upTo === undefined ? {} : { upTo }) });
}
