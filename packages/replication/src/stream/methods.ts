import { Replication } from "@millrace/contracts/replication";
import type { PeerMethod } from "@millrace/runtime";
import type { ServedReplicas } from "./served-replicas.ts";
import { ServedStream } from "./served-stream.ts";

/** The Replication service of replication.proto. For a listener that no client reaches: whoever calls is taken for a broker. */
export function replicationMethods(replicas: ServedReplicas): PeerMethod[] {
  return [{ kind: "stream", path: Replication.follow.path, handle: (stream) => void new ServedStream(replicas, stream) }];
}
