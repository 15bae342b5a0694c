import { Command } from "commander";
import { checkAskable, confirmDeletion } from "../../confirmation.ts";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { oneByOne } from "../../one-by-one.ts";
import { addOutputOption, type OutputFlags, printEach } from "../../output/report.ts";

interface DeleteFlags extends ConnectionFlags, OutputFlags {
  readonly yes: boolean;
}

/** `millrace topic delete` */
export function topicDeleteCommand(): Command {
  const command = new Command("delete")
    .description("delete topics and their records")
    .argument("<topic...>", "which topics")
    .option("-y, --yes", "do not ask; needed where there is no terminal", false)
    .addHelpText("after", "\nAsks for the name of each topic before anything is deleted.\n\nExample:\n  millrace topic delete orders --yes")
    .action(async (topics: string[], flags: DeleteFlags) => {
      if (!flags.yes) checkAskable(topics);
      await withCluster(flags, async (mill) => {
        if (!flags.yes) {
          await Promise.all(topics.map((topic) => mill.admin.topics.describe(topic))); // what does not exist needs no confirmation
          await confirmDeletion("topic", topics);
        }
        await oneByOne(
          topics,
          async (topic) => {
            await mill.admin.topics.delete(topic);
            return { topic, outcome: "deleted" };
          },
          (results) => printEach(flags.output, results, ({ topic }) => `${topic} deleted\n`),
        );
      });
    });
  return addOutputOption(addConnectionOptions(command));
}
