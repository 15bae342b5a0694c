import { array, bool, errorCode, int8, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Replaces the whole configuration of a resource: what is not named goes back to its default. */
export const AlterConfigsRequest = request("AlterConfigs", { key: 33, versions: "0-2", flexible: "2+" }).fields({
  resources: array({
    /** One of `configResourceTypes`. */
    resourceType: int8(),
    resourceName: string(),
    configs: array({
      name: string(),
      value: string({ nullable: "0+" }),
    }),
  }),
  /** Everything is checked, nothing changed. */
  validateOnly: bool(),
});

export const AlterConfigsResponse = response("AlterConfigs", { key: 33, versions: "0-2", flexible: "2+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  responses: array({
    errorCode: errorCode(),
    errorMessage: string({ nullable: "0+" }),
    resourceType: int8(),
    resourceName: string(),
  }),
});
