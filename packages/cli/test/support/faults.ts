/** What a misuse is told to be; nothing where the call is fine. */
export function faultsOf(call: () => unknown): readonly string[] {
  try {
    call();
    return [];
  } catch (error) {
    return (error as { facts: { faults: readonly string[] } }).facts.faults;
  }
}
