import { type Access, cluster } from "@millrace/security";
import type { KafkaCall } from "./handler.ts";

/** Kafka's AclOperation numbers. */
const operationNumbers: Partial<Record<Access, number>> = {
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  cluster_action: 9,
  describe_configs: 10,
  alter_configs: 11,
  idempotent_write: 12,
};

/** What may be done at all to each type of resource. */
const operationsOf: Record<"topic" | "group" | "cluster", readonly Access[]> = {
  topic: ["read", "write", "create", "delete", "alter", "describe", "describe_configs", "alter_configs"],
  group: ["read", "delete", "describe", "describe_configs", "alter_configs"],
  cluster: ["create", "alter", "describe", "cluster_action", "describe_configs", "alter_configs", "idempotent_write"],
};

/** What the principal may do, as a bit for each operation. */
export function authorizedOperations({ guard }: KafkaCall, type: "topic" | "group" | "cluster", name = cluster.name): number {
  return operationsOf[type]
    .filter((access) => guard.mayAlso(type, name, access))
    .reduce((bits, access) => bits | (1 << operationNumbers[access]!), 0);
}
