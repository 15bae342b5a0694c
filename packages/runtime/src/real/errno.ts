/** The kernel's name of what went wrong, as `ENOENT`; `UNKNOWN` where it gave none. */
export function errnoOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "UNKNOWN";
}
