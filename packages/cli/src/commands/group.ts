import { Command } from "commander";
import { groupDeleteCommand } from "./group/delete.ts";
import { groupDescribeCommand } from "./group/describe.ts";
import { groupListCommand } from "./group/list.ts";
import { groupResetCommand } from "./group/reset.ts";

/** `millrace group`: who reads, and how far. */
export function groupCommand(): Command {
  return new Command("group")
    .description("list, describe, delete and reset consumer groups")
    .addHelpText("after", "\nExample:\n  millrace group describe billing")
    .addCommand(groupListCommand())
    .addCommand(groupDescribeCommand())
    .addCommand(groupDeleteCommand())
    .addCommand(groupResetCommand());
}
