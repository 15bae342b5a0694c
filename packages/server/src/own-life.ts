import type { Runtime } from "@millrace/runtime";
import { BrokerId, type Configuration, type Uuid } from "@millrace/vocabulary";

/** One life of a broker's process, as its address answers when it is asked who is there. */
export interface OwnLife {
  readonly broker: BrokerId;
  readonly incarnation: Uuid;
}

export function beginLife({ random }: Runtime, configuration: Configuration): OwnLife {
  return { broker: BrokerId(configuration.get("node.id")), incarnation: random.stream("incarnation").uuid() };
}
