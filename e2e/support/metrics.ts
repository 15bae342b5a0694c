/** The value of a metric without labels, as a broker's HTTP door tells it now. */
export async function readMetric(bootstrap: string, name: string): Promise<number> {
  const text = await (await fetch(`http://${bootstrap}/metrics`)).text();
  const value = new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1];
  if (value === undefined) throw new Error(`no metric ${name}`);
  return Number(value);
}
