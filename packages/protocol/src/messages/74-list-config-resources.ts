import { array, errorCode, int8, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Asks which resources have configuration of their own. Version 0 knows client metrics alone (KIP-1142). */
export const ListConfigResourcesRequest = request("ListConfigResources", { key: 74, versions: "0-1", flexible: "0+" }).fields({
  /** Of `configResourceTypes`; empty: every type. */
  resourceTypes: array(int8(), { versions: "1+", absent: [] }),
});

export const ListConfigResourcesResponse = response("ListConfigResources", { key: 74, versions: "0-1", flexible: "0+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  errorCode: errorCode(),
  configResources: array({
    resourceName: string(),
    resourceType: int8({ versions: "1+", absent: 16, ignorable: true }),
  }),
});
