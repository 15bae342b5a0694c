import type { Failure } from "@millrace/contracts/failure";
import type { Member } from "@millrace/contracts/groups";
import { MillraceError } from "@millrace/vocabulary";
import { failureDraft } from "./drafts.ts";

/** Who asks, as the coordinator knows members. INVALID_REQUEST where the message does not say. */
export function asMember(member: Member | null) {
  if (member === null) throw new MillraceError("INVALID_REQUEST", { member: null });
  const { groupId, generationId, memberId, groupInstanceId } = member;
  return { groupId, generationId, memberId, groupInstanceId: groupInstanceId ?? undefined };
}

/** What became of each thing asked for, in the order asked. */
export function outcomesOf(errors: readonly (MillraceError | undefined)[]): { outcomes: { failure: Failure | undefined }[] } {
  return { outcomes: errors.map((error) => ({ failure: failureDraft(error) })) };
}
