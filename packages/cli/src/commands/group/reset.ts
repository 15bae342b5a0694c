import type { Mill, PartitionName } from "@millrace/client";
import { MillraceError } from "@millrace/vocabulary";
import { Command, Option } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { type Destination, destinationForms, destinationIn, parseDestination } from "../../groups/destination.ts";
import { gather, misuse } from "../../option-values.ts";
import { addOutputOption, type OutputFlags, printRows } from "../../output/report.ts";
import type { Column } from "../../output/table.ts";
import { isInteractive } from "../../output/terminal.ts";
import { boundsOf, offsetsOf } from "../../records/partition-bounds.ts";

interface ResetFlags extends ConnectionFlags, OutputFlags {
  readonly to: string;
  readonly topic?: string[];
  readonly dryRun?: true;
  readonly yes?: true;
}

/** `millrace group reset` */
export function groupResetCommand(): Command {
  const command = new Command("reset")
    .description("let a group that has no members go on from elsewhere")
    .argument("<group>", "which group; it is made where there is none")
    .requiredOption("--to <place>", `where to: ${destinationForms}`)
    .option("--topic <topic>", "this topic alone, with all its partitions; may be given several times", gather)
    .addOption(new Option("--dry-run", "only show what would change; so it is on a terminal without --yes").conflicts("yes"))
    .option("-y, --yes", "do it")
    .addHelpText(
      "after",
      "\nOffsets outside of a log become the nearest end.\n\nExamples:\n  millrace group reset billing --to @-1h --dry-run\n  millrace group reset billing --to -100 --topic orders --yes",
    )
    .action(reset);
  return addOutputOption(addConnectionOptions(command));
}

/** A partition, and where the group stands in it before and after. */
interface Move extends PartitionName {
  /** Undefined: nothing was committed. */
  readonly before: number | undefined;
  readonly after: number;
}

const columns: readonly Column<Move>[] = [
  { title: "TOPIC", cell: ({ topic }) => topic },
  { title: "PARTITION", cell: ({ partition }) => partition, align: "right" },
  { title: "BEFORE", cell: ({ before }) => before, align: "right" },
  { title: "AFTER", cell: ({ after }) => after, align: "right" },
];

async function reset(group: string, flags: ResetFlags): Promise<void> {
  if (flags.yes === undefined && flags.dryRun === undefined && !isInteractive())
    throw misuse("--yes: without a terminal to show it at, say --yes to do it, or --dry-run");
  const destination = parseDestination(flags.to, "--to", Date.now());
  await withCluster(flags, async (mill) => {
    const moves = await planMoves(mill, group, destination, flags);
    if (flags.yes)
      await mill.admin.groups.setOffsets(
        group,
        moves.map(({ topic, partition, after }) => ({ topic, partition, offset: after })),
      );
    await printRows(flags.output, moves, { columns, empty: "there is nothing to reset" });
    if (!flags.yes) console.error("nothing has changed; --yes does it");
  });
}

/** NON_EMPTY_GROUP while the group has members. GROUP_ID_NOT_FOUND where there is none and no topic says what a new one would hold. */
async function planMoves(mill: Mill, groupId: string, destination: Destination, { topic: topics, timeout }: ResetFlags): Promise<Move[]> {
  const exists = await isIdle(mill, groupId);
  if (!exists && topics === undefined) throw new MillraceError("GROUP_ID_NOT_FOUND", { groupId });
  const committed = exists ? await mill.admin.groups.offsets(groupId) : [];
  const named = topics === undefined ? committed : (await Promise.all(topics.map((topic) => partitionsOf(mill, topic)))).flat();
  const bounds = await boundsOf(mill, named, { timeoutMs: timeout });
  const ofTime = destination.at === "time" ? await offsetsOf(mill, destination, bounds, timeout) : [];
  return bounds.map((each, index) => {
    const { topic, partition } = each;
    const before = committed.find((offset) => offset.topic === topic && offset.partition === partition)?.offset;
    return { topic, partition, before, after: destinationIn(destination, each, before, ofTime[index]) };
  });
}

/** Whether the group exists. NON_EMPTY_GROUP where it has members. */
async function isIdle(mill: Mill, groupId: string): Promise<boolean> {
  try {
    const { members } = await mill.admin.groups.describe(groupId);
    if (members.length > 0) throw new MillraceError("NON_EMPTY_GROUP", { groupId, members: members.length });
    return true;
  } catch (error) {
    if (error instanceof MillraceError && error.code === "GROUP_ID_NOT_FOUND") return false;
    throw error;
  }
}

async function partitionsOf(mill: Mill, topic: string): Promise<PartitionName[]> {
  const { partitions } = await mill.admin.topics.describe(topic);
  return partitions.map(({ partition }) => ({ topic, partition }));
}
