import type { MemberState } from "../quorum-state.ts";
import { type Column, renderTable } from "./table.ts";

const columns: readonly Column<MemberState>[] = [
  { title: "CONTROLLER", cell: ({ id }) => id, align: "right" },
  { title: "ADDRESS", cell: ({ address }) => address },
  { title: "ROLE", cell: ({ role }) => role },
  { title: "LAG", cell: ({ lag }) => lag, align: "right", tone: ({ lag }) => (lag === undefined ? "bad" : undefined) },
  { title: "CAUGHT UP, MS AGO", cell: ({ caughtUpAgoMs }) => caughtUpAgoMs, align: "right" },
  { title: "DIRECTORY", cell: ({ directoryId }) => directoryId, isDispensable: true, tone: () => "faint" },
];

/** A line for each controller. */
export function renderQuorum(members: readonly MemberState[]): string {
  return renderTable(members, columns);
}
