import type { Mill, PartitionDescription, TopicDescription } from "@millrace/client";
import { secondMs } from "@millrace/vocabulary";
import { Command } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { oneByOne } from "../../one-by-one.ts";
import { addOutputOption, type OutputFlags, printEach } from "../../output/report.ts";
import { type Column, renderTable } from "../../output/table.ts";
import { toned } from "../../output/terminal.ts";
import { boundsOf } from "../../records/partition-bounds.ts";

interface DescribeFlags extends ConnectionFlags, OutputFlags {}

/** Offsets of a partition whose leader does not answer are left out after so long. */
const boundsTimeoutMs: number = 3 * secondMs;

/** `millrace topic describe` */
export function topicDescribeCommand(): Command {
  const command = new Command("describe")
    .description("show the partitions and settings of topics")
    .argument("<topic...>", "which topics")
    .addHelpText(
      "after",
      "\nSettings are those that were set for the topic; all the others are the cluster's.\n\nExample:\n  millrace topic describe orders",
    )
    .action((names: string[], flags: DescribeFlags) =>
      withCluster(flags, (mill) =>
        oneByOne(
          names,
          (name) => describe(mill, name),
          (topics) => printEach(flags.output, topics, render),
        ),
      ),
    );
  return addOutputOption(addConnectionOptions(command));
}

/** A topic, and which offsets there are. */
interface Described extends Omit<TopicDescription, "partitions"> {
  readonly partitions: readonly PartitionRow[];
}

interface PartitionRow extends PartitionDescription {
  /** Undefined: no leader says. */
  readonly logStart: number | undefined;
  readonly logEnd: number | undefined;
}

async function describe(mill: Mill, name: string): Promise<Described> {
  const { id, isInternal, configs, partitions } = await mill.admin.topics.describe(name);
  const rows = partitions.map(async (each) => ({ ...each, ...(await offsetsIn(mill, name, each)) }));
  return { name, id, isInternal, configs, partitions: await Promise.all(rows) };
}

async function offsetsIn(
  mill: Mill,
  topic: string,
  { partition, leader }: PartitionDescription,
): Promise<Pick<PartitionRow, "logStart" | "logEnd">> {
  const unknown = { logStart: undefined, logEnd: undefined };
  if (leader === undefined) return unknown;
  try {
    const [bounds] = await boundsOf(mill, [{ topic, partition }], { timeoutMs: boundsTimeoutMs, isReadUncommitted: true });
    return { logStart: bounds!.logStart, logEnd: bounds!.logEnd };
  } catch {
    return unknown; // shown as such
  }
}

const columns: readonly Column<PartitionRow>[] = [
  { title: "PARTITION", cell: ({ partition }) => partition, align: "right" },
  {
    title: "LEADER",
    cell: ({ leader }) => leader ?? "none",
    align: "right",
    tone: ({ leader }) => (leader === undefined ? "bad" : undefined),
  },
  { title: "EPOCH", cell: ({ leaderEpoch }) => leaderEpoch, align: "right" },
  { title: "REPLICAS", cell: ({ replicas }) => replicas },
  { title: "ISR", cell: ({ isr }) => isr, tone: ({ isr, replicas }) => (isr.length < replicas.length ? "bad" : undefined) },
  { title: "START", cell: ({ logStart }) => logStart, align: "right" },
  { title: "END", cell: ({ logEnd }) => logEnd, align: "right" },
];

function render({ name, id, configs, partitions }: Described, index: number): string {
  const gap = index === 0 ? "" : "\n";
  const facts = `partitions=${partitions.length} replicas=${partitions[0]?.replicas.length ?? 0} id=${id}`;
  const settings = Object.entries(configs).map(([key, value]) => `${key}=${value}\n`);
  return `${gap}${toned("strong", name)}  ${toned("faint", facts)}\n${settings.join("")}${renderTable(partitions, columns)}`;
}
