import { array, bool, errorCode, int8, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Changes single keys of a configuration and leaves the others as they are. */
export const IncrementalAlterConfigsRequest = request("IncrementalAlterConfigs", { key: 44, versions: "0-1", flexible: "1+" }).fields({
  resources: array({
    /** One of `configResourceTypes`. */
    resourceType: int8(),
    resourceName: string(),
    configs: array({
      name: string(),
      /** One of `configOperations`. */
      configOperation: int8(),
      value: string({ nullable: "0+" }),
    }),
  }),
  /** Everything is checked, nothing changed. */
  validateOnly: bool(),
});

/** Kafka's numbers for what is done to a key. The last two change a list. */
export const configOperations = { set: 0, delete: 1, append: 2, subtract: 3 } as const;

export const IncrementalAlterConfigsResponse = response("IncrementalAlterConfigs", { key: 44, versions: "0-1", flexible: "1+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  responses: array({
    errorCode: errorCode(),
    errorMessage: string({ nullable: "0+" }),
    resourceType: int8(),
    resourceName: string(),
  }),
});
