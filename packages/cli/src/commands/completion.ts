import { Argument, Command } from "commander";
import { print } from "../output/outlet.ts";
import { type Shell, scripts, shells } from "../completion/scripts.ts";

/** `millrace completion`: what a shell must run to complete our commands. */
export function completionCommand(): Command {
  return new Command("completion")
    .description("print what makes a shell complete commands, topics and groups")
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .addHelpText(
      "after",
      "\nExamples:\n  source <(millrace completion bash)          # in ~/.bashrc\n  source <(millrace completion zsh)           # in ~/.zshrc, behind compinit\n  millrace completion fish > ~/.config/fish/completions/millrace.fish",
    )
    .action((shell: Shell) => print(scripts[shell]));
}
