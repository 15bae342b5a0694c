import { Command } from "commander";
import { topicAlterCommand } from "./topic/alter.ts";
import { topicCreateCommand } from "./topic/create.ts";
import { topicDeleteCommand } from "./topic/delete.ts";
import { topicDescribeCommand } from "./topic/describe.ts";
import { topicListCommand } from "./topic/list.ts";

/** `millrace topic`: what there is to write to and to read. */
export function topicCommand(): Command {
  return new Command("topic")
    .description("create, list, describe, alter and delete topics")
    .addHelpText("after", "\nExample:\n  millrace topic create orders -p 6")
    .addCommand(topicCreateCommand())
    .addCommand(topicListCommand())
    .addCommand(topicDescribeCommand())
    .addCommand(topicAlterCommand())
    .addCommand(topicDeleteCommand());
}
