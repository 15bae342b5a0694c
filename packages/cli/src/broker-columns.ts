import type { BrokerState } from "./cluster-state.ts";
import type { Column } from "./output/table.ts";

/** A broker as a row. */
export const brokerColumns: readonly Column<BrokerState>[] = [
  { title: "BROKER", cell: ({ id }) => id, align: "right" },
  { title: "ADDRESS", cell: ({ address }) => address },
  { title: "STATE", cell: ({ isFenced }) => (isFenced ? "fenced" : "up"), tone: ({ isFenced }) => (isFenced ? "bad" : undefined) },
  { title: "RACK", cell: ({ rack }) => rack, isDispensable: true },
  { title: "LEADS", cell: ({ leads }) => leads, align: "right" },
  { title: "REPLICAS", cell: ({ replicas }) => replicas, align: "right" },
];
