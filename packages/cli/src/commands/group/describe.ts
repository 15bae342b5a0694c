import type { GroupDescription, GroupMember, Mill } from "@millrace/client";
import { secondMs } from "@millrace/vocabulary";
import { Command } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { lagsOf, type PartitionLag } from "../../groups/lag.ts";
import { oneByOne } from "../../one-by-one.ts";
import { addOutputOption, type OutputFlags, printEach } from "../../output/report.ts";
import { type Column, renderTable } from "../../output/table.ts";
import { printable, toned } from "../../output/terminal.ts";

/** The end of a partition that nobody leads is not waited for longer. */
const endTimeoutMs: number = 3 * secondMs;

/** `millrace group describe` */
export function groupDescribeCommand(): Command {
  const command = new Command("describe")
    .description("show the members of groups, what they read, and how far they are behind")
    .argument("<group...>", "which groups")
    .addHelpText("after", "\nExample:\n  millrace group describe billing")
    .action((groups: string[], flags: ConnectionFlags & OutputFlags) =>
      withCluster(flags, (mill) =>
        oneByOne(
          groups,
          (group) => describe(mill, group),
          (described) => printEach(flags.output, described, render),
        ),
      ),
    );
  return addOutputOption(addConnectionOptions(command));
}

interface Described extends GroupDescription {
  readonly offsets: readonly PartitionLag[];
  /** Of all partitions whose lag is known. */
  readonly totalLag: number;
}

async function describe(mill: Mill, groupId: string): Promise<Described> {
  const group = await mill.admin.groups.describe(groupId);
  const offsets = await lagsOf(mill, group, endTimeoutMs);
  return { ...group, offsets, totalLag: offsets.reduce((sum, { lag = 0 }) => sum + lag, 0) };
}

const memberColumns: readonly Column<GroupMember>[] = [
  { title: "MEMBER", cell: ({ memberId }) => memberId },
  { title: "CLIENT", cell: ({ clientId }) => clientId, isDispensable: true },
  { title: "HOST", cell: ({ clientHost }) => clientHost.replace(/^\//, ""), isDispensable: true },
  { title: "PARTITIONS", cell: ({ partitions }) => partitions.map(({ topic, partition }) => `${topic}-${partition}`) },
];

const offsetColumns: readonly Column<PartitionLag>[] = [
  { title: "TOPIC", cell: ({ topic }) => topic },
  { title: "PARTITION", cell: ({ partition }) => partition, align: "right" },
  { title: "COMMITTED", cell: ({ committed }) => committed, align: "right" },
  { title: "END", cell: ({ logEnd }) => logEnd, align: "right" },
  { title: "LAG", cell: ({ lag }) => lag, align: "right" },
  { title: "MEMBER", cell: ({ member }) => member },
];

function render({ groupId, state, protocolName, members, offsets, totalLag }: Described, index: number): string {
  const facts = `state=${state}${protocolName === "" ? "" : ` assignor=${protocolName}`} members=${members.length} lag=${totalLag}`;
  const tables = [
    ...(members.length === 0 ? [] : [renderTable(members, memberColumns)]),
    ...(offsets.length === 0 ? [] : [renderTable(offsets, offsetColumns)]),
  ];
  return `${index === 0 ? "" : "\n"}${toned("strong", printable(groupId))}  ${toned("faint", facts)}\n${tables.join("\n")}`;
}
