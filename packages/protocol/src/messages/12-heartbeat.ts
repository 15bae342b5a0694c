import { errorCode, int32, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Says that a member of a classic group lives, and asks whether it must rejoin. */
export const HeartbeatRequest = request("Heartbeat", { key: 12, versions: "0-4", flexible: "4+" }).fields({
  groupId: string(),
  generationId: int32(),
  memberId: string(),
  groupInstanceId: string({ versions: "3+", nullable: "3+", absent: null }),
});

export const HeartbeatResponse = response("Heartbeat", { key: 12, versions: "0-4", flexible: "4+" }).fields({
  throttleTimeMs: throttleTimeMs({ versions: "1+" }),
  errorCode: errorCode(),
});
