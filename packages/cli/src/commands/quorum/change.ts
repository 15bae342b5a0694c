import type { Mill } from "@millrace/client";
import { secondMs } from "@millrace/vocabulary";
import { Command } from "commander";
import { addConnectionOptions, type ConnectionFlags, withCluster } from "../../connection.ts";
import { duration, misuse, wholeNumber } from "../../option-values.ts";
import { addOutputOption, type OutputFlags, printOne } from "../../output/report.ts";

type Flags = ConnectionFlags & OutputFlags;

interface AddFlags extends Flags {
  readonly catchUp: number;
}

const catchUpMs = 30 * secondMs;

/** `millrace quorum add` */
export function quorumAddCommand(): Command {
  const command = new Command("add")
    .description("let a controller take part that was formatted for this cluster, and runs")
    .argument("<id@host:port>", "its node.id, and where the other controllers reach it")
    .option("--catch-up <time>", "how long it may take to learn what the others know; it goes on afterwards", duration, catchUpMs)
    .addHelpText("after", "\nExample:\n  millrace quorum add 104@controller-4:9093")
    .action((text: string, flags: AddFlags) => {
      const { id, host, port } = voterIn(text);
      return change(flags, id, "added", (mill) => mill.admin.quorum.add(id, { host, port }, { timeoutMs: flags.catchUp }));
    });
  return addOutputOption(addConnectionOptions(command));
}

/** `millrace quorum remove` */
export function quorumRemoveCommand(): Command {
  const command = new Command("remove")
    .description("take a controller out of the quorum, whether it runs or not")
    .argument("<id>", "its node.id", wholeNumber(0))
    .addHelpText("after", "\nExample:\n  millrace quorum remove 101")
    .action((id: number, flags: Flags) => change(flags, id, "removed", (mill) => mill.admin.quorum.remove(id)));
  return addOutputOption(addConnectionOptions(command));
}

/** `millrace quorum transfer` */
export function quorumTransferCommand(): Command {
  const command = new Command("transfer")
    .description("hand the lead over to another controller, before the one that has it is stopped")
    .argument("<id>", "its node.id", wholeNumber(0))
    .addHelpText("after", "\nExample:\n  millrace quorum transfer 102")
    .action((id: number, flags: Flags) => change(flags, id, "leads", (mill) => mill.admin.quorum.transfer(id)));
  return addOutputOption(addConnectionOptions(command));
}

function change({ output, ...flags }: Flags, id: number, outcome: string, act: (mill: Mill) => Promise<void>): Promise<void> {
  return withCluster(flags, async (mill) => {
    await act(mill);
    await printOne(output, { controller: id, outcome }, () => `controller ${id} ${outcome}\n`);
  });
}

function voterIn(text: string): { readonly id: number; readonly host: string; readonly port: number } {
  const [, id, bracketed, plain, port] = /^(\d{1,10})@(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/]+)):(\d{1,5})$/.exec(text) ?? [];
  if (id === undefined || Number(port) > 65_535)
    throw misuse(`<id@host:port>: must be like 104@controller-4:9093, not ${JSON.stringify(text)}`);
  return { id: Number(id), host: (bracketed ?? plain)!, port: Number(port) };
}
