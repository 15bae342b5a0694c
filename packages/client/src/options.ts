import { MillraceError } from "@millrace/vocabulary";

/** The least and the most that an option may be; both ends count. */
export type Bounds = readonly [least: number, most: number];

/** Options as somebody gives them: one that is undefined counts as left out. */
export type Given<Options> = { readonly [Key in keyof Options]?: Options[Key] | undefined };

/** Takes options over their defaults. CONFIGURATION_INVALID names every number that is out of its bounds. */
export function withDefaults<Options extends object>(
  given: Given<Options> | undefined,
  defaults: Options,
  bounds: { readonly [Key in keyof Options]?: Bounds },
): Options {
  const present = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  const options = { ...defaults, ...(Object.fromEntries(present) as Partial<Options>) };
  const faults = Object.entries<Bounds | undefined>(bounds).flatMap(([key, range]) => {
    const value: unknown = options[key as keyof Options];
    return range === undefined || isWithin(value, range) ? [] : [`${key} is ${String(value)}; it may be ${range[0]} to ${range[1]}`];
  });
  if (faults.length > 0) throw new MillraceError("CONFIGURATION_INVALID", { faults });
  return options;
}

function isWithin(value: unknown, [least, most]: Bounds): boolean {
  return typeof value === "number" && value >= least && value <= most;
}
