import { brokerId, errorCode, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Takes a broker out of the cluster that will not come back. */
export const UnregisterBrokerRequest = request("UnregisterBroker", { key: 64, versions: "0", flexible: "0+" }).fields({
  brokerId: brokerId(),
});

export const UnregisterBrokerResponse = response("UnregisterBroker", { key: 64, versions: "0", flexible: "0+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  errorCode: errorCode(),
  errorMessage: string({ nullable: "0+" }),
});
