/** One operation on a register that its client knows of. Moments are counted so that no two are the same. */
export interface RegisterOperation {
  readonly kind: "write" | "read";
  /** Each write has a value of its own. Undefined: nothing, or nothing any more. */
  readonly value: string | undefined;
  readonly invoked: number;
  /** Infinity: no answer came. It may take effect at any later time, or never. */
  readonly returned: number;
}

/** One way in which things may have happened so far: what the register holds, and which of the open operations have happened. */
interface Course {
  readonly value: string | undefined | typeof anything;
  readonly happened: ReadonlySet<RegisterOperation>;
}

/** What a register holds of which nothing is known. */
export const anything: unique symbol = Symbol("anything");

/**
 * Whether some order explains all answers: each operation happens at one moment between its invocation and its answer, and each read
 * sees the write before it (Wing and Gong; with the ways kept side by side, as Lowe does). Returns the read or write that no order
 * explains, undefined where there is none.
 */
export function unexplained(
  operations: readonly RegisterOperation[],
  initial: string | undefined | typeof anything,
): RegisterOperation | undefined {
  const read = new Set(operations.filter(({ kind }) => kind === "read").map(({ value }) => value));
  // A write without an answer that nobody has read need not have happened at all; a read without an answer says nothing.
  const telling = operations.filter(({ kind, value, returned }) => returned !== Infinity || (kind === "write" && read.has(value)));
  const open = new Set<RegisterOperation>();
  let courses: Course[] = [{ value: initial, happened: new Set() }];
  for (const { operation, isReturn } of moments(telling)) {
    if (!isReturn) {
      open.add(operation);
      continue;
    }
    courses = coursesWith(operation, courses, open);
    if (courses.length === 0) return operation;
    open.delete(operation);
  }
  return undefined;
}

function moments(operations: readonly RegisterOperation[]): { operation: RegisterOperation; isReturn: boolean; at: number }[] {
  return operations
    .flatMap((operation) => [
      { operation, isReturn: false, at: operation.invoked },
      { operation, isReturn: true, at: operation.returned },
    ])
    .filter(({ at }) => at !== Infinity)
    .sort((a, b) => a.at - b.at);
}

/** Every course in which the operation, and before it any open ones, have happened; it is taken off what is remembered of them. */
function coursesWith(operation: RegisterOperation, courses: readonly Course[], open: ReadonlySet<RegisterOperation>): Course[] {
  const numbers = new Map([...open].map((each, index) => [each, index]));
  const seen = new Set<string>();
  const found: Course[] = [];
  const pending = [...courses];
  for (let course = pending.pop(); course !== undefined; course = pending.pop()) {
    const key = `${String(course.value)}/${[...course.happened]
      .map((each) => numbers.get(each))
      .sort()
      .join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (course.happened.has(operation)) {
      found.push({ value: course.value, happened: new Set([...course.happened].filter((each) => each !== operation)) });
      continue;
    }
    for (const next of open) {
      const value = course.happened.has(next) ? refused : after(next, course.value);
      if (value !== refused) pending.push({ value, happened: new Set([...course.happened, next]) });
    }
  }
  return found;
}

const refused: unique symbol = Symbol("refused");

/** What the register holds once the operation has happened; refused where it cannot happen now. */
function after({ kind, value }: RegisterOperation, held: Course["value"]): Course["value"] | typeof refused {
  if (kind === "write" || held === anything) return value;
  return held === value ? held : refused;
}
