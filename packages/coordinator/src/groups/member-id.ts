import type { RandomStream } from "@millrace/runtime";

/** An id in Kafka's form: the client's or the instance's name, a dash and a random UUID. */
export function newMemberId(random: RandomStream, name: string): string {
  const hex = random.bytes(16).toString("hex");
  return [name, hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
