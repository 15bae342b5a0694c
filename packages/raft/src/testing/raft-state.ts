import { assert } from "@millrace/vocabulary";
import type { RaftState } from "../machine/state.ts";
import type { Quorum } from "../quorum.ts";
import { QuorumShell } from "../shell.ts";

/** What the machine inside of a quorum knows now, for whoever checks what must always hold. Not to be changed. */
export function raftStateOf(quorum: Quorum): RaftState {
  assert(quorum instanceof QuorumShell, "a quorum that was opened has a machine");
  return quorum.state;
}
