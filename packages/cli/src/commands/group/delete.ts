import { Command } from "commander";
import { checkAskable, confirmDeletion } from "../../confirmation.ts";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { oneByOne } from "../../one-by-one.ts";
import { addOutputOption, type OutputFlags, printEach } from "../../output/report.ts";

interface DeleteFlags extends ConnectionFlags, OutputFlags {
  readonly yes: boolean;
}

/** `millrace group delete` */
export function groupDeleteCommand(): Command {
  const command = new Command("delete")
    .description("delete groups and what they have committed")
    .argument("<group...>", "which groups; they may have no members")
    .option("-y, --yes", "do not ask; needed where there is no terminal", false)
    .addHelpText(
      "after",
      "\nAsks for the name of each group before anything is deleted.\n\nExample:\n  millrace group delete billing --yes",
    )
    .action(async (groups: string[], flags: DeleteFlags) => {
      if (!flags.yes) checkAskable(groups);
      await withCluster(flags, async (mill) => {
        if (!flags.yes) {
          await Promise.all(groups.map((group) => mill.admin.groups.describe(group))); // what does not exist needs no confirmation
          await confirmDeletion("group", groups);
        }
        await oneByOne(
          groups,
          async (groupId) => {
            await mill.admin.groups.delete(groupId);
            return { groupId, outcome: "deleted" };
          },
          (results) => printEach(flags.output, results, ({ groupId }) => `${groupId} deleted\n`),
        );
      });
    });
  return addOutputOption(addConnectionOptions(command));
}
