import { setTimeout as sleep } from "node:timers/promises";
import type { Mill } from "@millrace/client";
import { Command } from "commander";
import { clusterState } from "../../cluster-state.ts";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { exitCodes } from "../../exit-codes.ts";
import { wholeNumber } from "../../option-values.ts";
import { addOutputOption, type OutputFlags, printOne } from "../../output/report.ts";

/** How often it is looked what the broker still holds. */
const lookMs = 500;

interface DrainFlags extends ConnectionFlags, OutputFlags {
  readonly wait: boolean;
}

/** What became of a drain. */
interface Drained {
  readonly broker: number;
  /** Partitions that it held before. */
  readonly held: number;
  /** Partitions that it holds still; those that nobody else can take among them. */
  readonly left: number;
  /** `orders-0`: nobody else can take it. */
  readonly kept: readonly string[];
}

/** `millrace broker drain ID` */
export function brokerDrainCommand(): Command {
  const command = new Command("drain")
    .description("move everything that a broker holds to the others")
    .argument("<id>", "which broker", wholeNumber(0))
    .option("--no-wait", "begin, and do not wait for the end")
    .addHelpText(
      "after",
      "\nIt goes on without this command, too. New topics may still get replicas there: stop the broker when it is empty.\n\nExample:\n  millrace broker drain 3",
    )
    .action((broker: number, flags: DrainFlags) =>
      withCluster(flags, async (mill) => {
        const drained = await drain(mill, broker, flags.wait);
        await printOne(flags.output, drained, text);
        if (drained.kept.length > 0) process.exitCode = exitCodes.failed;
      }),
    );
  return addOutputOption(addConnectionOptions(command));
}

async function drain(mill: Mill, broker: number, isAwaited: boolean): Promise<Drained> {
  const held = await heldBy(mill, broker);
  const kept = (await mill.admin.drainBroker(broker)).map(({ topic, partition }) => `${topic}-${partition}`);
  if (isAwaited) await untilMoved(mill, broker, { held, kept: kept.length });
  return { broker, held, left: await heldBy(mill, broker), kept };
}

async function untilMoved(mill: Mill, broker: number, { held, kept }: { held: number; kept: number }): Promise<void> {
  let told = held;
  for (let left = held; left > kept; left = await heldBy(mill, broker)) {
    if (left < told) console.error(`broker ${broker}: ${left} of ${held} partitions left`);
    told = left;
    await sleep(lookMs);
  }
}

async function heldBy(mill: Mill, broker: number): Promise<number> {
  const { brokers } = await clusterState(mill);
  return brokers.find(({ id }) => id === broker)?.replicas ?? 0;
}

/** Partitions that are named one by one; of more, their number says enough. */
const namedMax = 20;

function text({ broker, held, left, kept }: Drained): string {
  const moved = `broker ${broker}: ${held - left} of ${held} partitions moved\n`;
  if (kept.length === 0) return moved;
  const more = kept.length > namedMax ? " ..." : "";
  return `${moved}${kept.length} stay, since no other broker can take them: ${kept.slice(0, namedMax).join(" ")}${more}\n`;
}
