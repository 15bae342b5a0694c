import { Command } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { renderQuorum } from "../../output/quorum-table.ts";
import { addOutputOption, type OutputFlags, printOne } from "../../output/report.ts";
import { quorumState } from "../../quorum-state.ts";

/** `millrace quorum status` */
export function quorumStatusCommand(): Command {
  const command = new Command("status")
    .description("show who leads, and how far each controller is")
    .addHelpText("after", "\nExample:\n  millrace quorum status -o json | jq '.members[] | select(.role == \"voter\") | .lag'")
    .action((flags: ConnectionFlags & OutputFlags) =>
      withCluster(flags, async (mill) => {
        const state = quorumState(await mill.admin.quorum.describe());
        await printOne(
          flags.output,
          state,
          ({ leader, term, committedEnd, members }) =>
            `leader    ${leader}\nterm      ${term}\ncommitted ${committedEnd}\n\n${renderQuorum(members)}`,
        );
      }),
    );
  return addOutputOption(addConnectionOptions(command));
}
