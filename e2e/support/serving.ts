import { WireClient } from "./wire-client.ts";

/** Whether a broker answers, and counts itself among the brokers. */
export async function serves(bootstrap: string): Promise<boolean> {
  try {
    using client = await WireClient.connect(bootstrap);
    return (await client.ask("Metadata", 9, { topics: [] })).brokers.length > 0;
  } catch {
    return false;
  }
}
