import { Command } from "commander";
import { quorumAddCommand, quorumRemoveCommand, quorumTransferCommand } from "./quorum/change.ts";
import { quorumStatusCommand } from "./quorum/status.ts";

/** `millrace quorum`: the controllers. */
export function quorumCommand(): Command {
  return new Command("quorum")
    .description("show and change the controllers that agree on the cluster's metadata")
    .addHelpText("after", "\nExample:\n  millrace quorum status")
    .addCommand(quorumStatusCommand())
    .addCommand(quorumAddCommand())
    .addCommand(quorumRemoveCommand())
    .addCommand(quorumTransferCommand());
}
