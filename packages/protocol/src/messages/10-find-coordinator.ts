import { BrokerId } from "@millrace/vocabulary";
import { array, brokerId, errorCode, int32, int8, string, throttleTimeMs } from "../declaration/fields.ts";
import { type InputOf, oneShape, request, response } from "../declaration/message.ts";
import { onlyOne } from "../declaration/only-one.ts";

const WireRequest = request("FindCoordinator", { key: 10, versions: "0-6", flexible: "3+" }).fields({
  key: string({ versions: "0-3" }),
  /** 0: a group; 1: a transaction; 2: a share group (version 6). */
  keyType: int8({ versions: "1+", absent: 0 }),
  coordinatorKeys: array(string(), { versions: "4+" }),
});

/** Asks who coordinates groups or transactions. Before version 4 there is one key exactly. */
export const FindCoordinatorRequest = oneShape(WireRequest, {
  fromWire: ({ key, keyType, coordinatorKeys }, version) => ({ keyType, coordinatorKeys: version >= 4 ? coordinatorKeys : [key] }),
  toWire: ({ keyType, coordinatorKeys }: FindCoordinator, version) =>
    version >= 4
      ? { key: "", keyType, coordinatorKeys }
      : { key: onlyOne("FindCoordinator", version, coordinatorKeys), keyType, coordinatorKeys: [] },
});

type FindCoordinator = Pick<InputOf<typeof WireRequest>, "keyType" | "coordinatorKeys">;

const WireResponse = response("FindCoordinator", { key: 10, versions: "0-6", flexible: "3+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "1+" }),
  errorCode: errorCode({ versions: "0-3" }),
  errorMessage: string({ versions: "1-3", nullable: "1-3", ignorable: true }),
  nodeId: brokerId({ versions: "0-3" }),
  host: string({ versions: "0-3" }),
  port: int32({ versions: "0-3" }),
  coordinators: array({
    key: string(),
    /** With an error -1, and host and port are empty and -1. */
    nodeId: brokerId(),
    host: string(),
    port: int32(),
    errorCode: errorCode(),
    errorMessage: string({ nullable: "4+" }),
  }).with({ versions: "4+" }),
});

/** One coordinator for each key. Before version 4 the one key does not travel. */
export const FindCoordinatorResponse = oneShape(WireResponse, {
  fromWire: ({ throttleTimeMs: throttled, coordinators, ...only }, version) => ({
    throttleTimeMs: throttled,
    coordinators: version >= 4 ? coordinators : [{ key: "", ...only }],
  }),
  toWire: ({ throttleTimeMs: throttled, coordinators }: CoordinatorsFound, version) => {
    if (version >= 4) return { throttleTimeMs: throttled, ...nothing, coordinators };
    const { key: _, ...only } = onlyOne("FindCoordinator", version, coordinators);
    return { throttleTimeMs: throttled, ...only, coordinators: [] };
  },
});

type CoordinatorsFound = Pick<InputOf<typeof WireResponse>, "throttleTimeMs" | "coordinators">;

const nothing = { errorCode: 0, errorMessage: null, nodeId: BrokerId(0), host: "", port: 0 };
