import type { ApiName } from "@millrace/protocol";
import type { Side } from "../side.ts";

/** Long enough for a test, short enough for both brokers. */
const sessionTimeoutMs = 30_000;

/** The version of another API that goes with one of JoinGroup: the nearest there is. */
export function near(side: Side, name: ApiName, version: number): number {
  const versions = side.versionsOf(name);
  return versions.findLast((each) => each <= version) ?? versions[0]!;
}

/** A JoinGroup that works in every version. */
export function joinOf(groupId: string, changes: object = {}) {
  return {
    groupId,
    sessionTimeoutMs,
    rebalanceTimeoutMs: sessionTimeoutMs,
    memberId: "",
    protocolType: "consumer",
    protocols: [{ name: "range", metadata: Buffer.from([0, 0]) }],
    ...changes,
  };
}

/** A member of a group in its first generation, alone and with an assignment: its id. */
export async function loneMember(side: Side, groupId: string, version: number, changes: object = {}): Promise<string> {
  const first = await side.ask("the first member", "JoinGroup", version, joinOf(groupId, changes));
  const { memberId } = first;
  if (first.errorCode !== 0) await side.ask("the first member, by its id", "JoinGroup", version, joinOf(groupId, { ...changes, memberId }));
  await side.ask("the assignment of the first member", "SyncGroup", near(side, "SyncGroup", version), {
    groupId,
    generationId: 1,
    memberId,
    protocolType: "consumer",
    protocolName: "range",
    assignments: [{ memberId, assignment: Buffer.from([1, 2, 3]) }],
  });
  return memberId;
}
