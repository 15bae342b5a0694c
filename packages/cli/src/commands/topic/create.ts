import type { Mill } from "@millrace/client";
import { MillraceError } from "@millrace/vocabulary";
import { Command } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { oneByOne } from "../../one-by-one.ts";
import { gather, keyValues, wholeNumber } from "../../option-values.ts";
import { addOutputOption, type OutputFlags, printRows } from "../../output/report.ts";
import type { Column } from "../../output/table.ts";

interface CreateFlags extends ConnectionFlags, OutputFlags {
  readonly partitions?: number;
  readonly replicas?: number;
  readonly config?: string[];
  readonly ifNotExists: boolean;
  readonly dryRun: boolean;
}

/** `millrace topic create` */
export function topicCreateCommand(): Command {
  const command = new Command("create")
    .description("create topics")
    .argument("<name...>", "what to call them")
    .option("-p, --partitions <number>", "default: the cluster's num.partitions", wholeNumber(1))
    .option("-r, --replicas <number>", "default: the cluster's default.replication.factor", wholeNumber(1))
    .option("-c, --config <key=value>", "a setting of the topic; may be given several times", gather)
    .option("--if-not-exists", "let topics be that exist already", false)
    .option("--dry-run", "only say what would be created", false)
    .addHelpText("after", "\nExample:\n  millrace topic create orders -p 6 -c retention.ms=86400000 -c cleanup.policy=compact")
    .action((names: string[], flags: CreateFlags) =>
      withCluster(flags, (mill) =>
        oneByOne(
          names,
          (name) => create(mill, name, flags),
          (results) => printRows(flags.output, results, { columns, empty: undefined }),
        ),
      ),
    );
  return addOutputOption(addConnectionOptions(command));
}

/** A topic that was to be created. */
interface Created {
  readonly name: string;
  readonly id: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly outcome: "created" | "exists" | "would be created";
}

const columns: readonly Column<Created>[] = [
  { title: "TOPIC", cell: ({ name }) => name },
  { title: "PARTITIONS", cell: ({ partitions }) => partitions, align: "right" },
  { title: "REPLICAS", cell: ({ replicationFactor }) => replicationFactor, align: "right" },
  { title: "OUTCOME", cell: ({ outcome }) => outcome },
];

async function create(mill: Mill, name: string, { partitions, replicas, config = [], ifNotExists, dryRun }: CreateFlags): Promise<Created> {
  const configs = keyValues(config, "--config");
  try {
    const topic = await mill.admin.topics.create(name, { partitions, replicationFactor: replicas, configs, validateOnly: dryRun });
    return rowOf(topic, dryRun ? "would be created" : "created");
  } catch (error) {
    if (!ifNotExists || !(error instanceof MillraceError) || error.code !== "TOPIC_ALREADY_EXISTS") throw error;
    const { partitions: existing, ...topic } = await mill.admin.topics.describe(name);
    return rowOf({ ...topic, partitions: existing.length, replicationFactor: existing[0]?.replicas.length ?? 0 }, "exists");
  }
}

function rowOf({ name, id, partitions, replicationFactor }: Omit<Created, "outcome">, outcome: Created["outcome"]): Created {
  return { name, id, partitions, replicationFactor, outcome };
}
