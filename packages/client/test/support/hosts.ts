/** Where the broker of this number is found in the simulated world. */
export function hostOf(id: number): string {
  return `broker-${id}`;
}

export const port = 9092;
