import { array, bytes, int32, int64, string } from "../declaration/fields.ts";
import { stored } from "../declaration/message.ts";

/** Key of a classic group, in `__consumer_offsets`. */
export const GroupMetadataKey = stored("GroupMetadataKey", { key: 2, versions: "0", flexible: "none" }).fields({
  group: string(),
});

/** Its value, one for each generation; null there: the group is gone. */
export const GroupMetadataValue = stored("GroupMetadataValue", { key: 2, versions: "0-4", flexible: "4+" }).fields({
  protocolType: string(),
  generation: int32(),
  /** Null: the group is empty. */
  protocol: string({ nullable: "0+" }),
  leader: string({ nullable: "0+" }),
  currentStateTimestamp: int64({ versions: "2+", absent: -1, ignorable: true }),
  members: array({
    memberId: string(),
    groupInstanceId: string({ versions: "3+", nullable: "3+", absent: null, ignorable: true }),
    clientId: string(),
    clientHost: string(),
    /** Milliseconds, as the next one. */
    rebalanceTimeout: int32({ versions: "1+", absent: -1, ignorable: true }),
    sessionTimeout: int32(),
    subscription: bytes(),
    assignment: bytes(),
  }),
});
